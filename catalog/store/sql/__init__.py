"""The store over SQLAlchemy, as catalog/store/interface/ promises it: where questions and changes of the other files meet."""
