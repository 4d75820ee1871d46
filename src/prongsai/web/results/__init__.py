"""Published results of many agencies: tables taken in by who runs the installation, checked, put up as an explorer."""
