"""`python -m engagesim` does what the command `engagesim` does."""

from .cli import main

if __name__ == "__main__":
    main()
