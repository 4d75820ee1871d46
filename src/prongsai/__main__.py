"""Run the command line with ``python -m prongsai``."""

from prongsai.cli import main

main()
