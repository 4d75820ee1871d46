"""The public site of an office as files: complete without the application, on any web server, from a USB stick."""
