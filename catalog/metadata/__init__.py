"""What a file says about itself: Exif, IPTC-IIM, XMP and the comments of its container. The door is `reading.py`."""
