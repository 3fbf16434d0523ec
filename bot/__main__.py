"""`python -m bot` is `vestnik`."""

from bot.cli import main

main()
