"""`python -m bot.analyse.evaluate` prints the report."""

import click

from bot.analyse.evaluate.report import report

if __name__ == "__main__":
    click.echo(report())
