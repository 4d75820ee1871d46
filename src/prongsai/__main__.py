"""Run the command line with ``python -m prongsai``."""

from prongsai.cli import main

if __name__ == "__main__":  # workers of the platform load this file again
    main()
