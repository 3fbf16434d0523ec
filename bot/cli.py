"""The command line: one group, a file of bot/commands for each family of commands, one line for each error."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click

from bot import __version__, commands
from bot.errors import BadInput, BotError
from bot.logs import log_to_stderr


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="vestnik")
def cli() -> None:
    """Вестник: what changes in the regulation of messengers, whom it touches and from when, in Telegram and VK.

    \b
    Examples:
      vestnik demo                             try everything without a token
      vestnik run                              run the bot
      vestnik digest --since 7d                print a digest of the week
      vestnik summarise https://…              summarise one page
    """
    log_to_stderr()


for _module in pkgutil.iter_modules(commands.__path__):
    for _command in importlib.import_module(f"bot.commands.{_module.name}").COMMANDS:
        cli.add_command(_command)


def main() -> None:
    """Runs the command line: exit 0 for success, 2 for bad usage or input, 1 for a failure; errors are one line on stderr."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit status."""
    try:
        result = cli.main(arguments, prog_name="vestnik", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.UsageError as error:
        click.echo(f"vestnik: {' '.join(error.format_message().split())}", err=True)
        return 2
    except click.ClickException as error:
        click.echo(f"vestnik: {' '.join(error.format_message().split())}", err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("vestnik: interrupted", err=True)
        return 130
    except BadInput as error:
        click.echo(f"vestnik: {error}", err=True)
        return 2
    except BotError as error:
        click.echo(f"vestnik: {error}", err=True)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
