"""The readers that find photos and the publications stated beside them."""
