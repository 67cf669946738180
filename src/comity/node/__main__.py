"""``python -m comity.node COMMAND``: Django's own commands, for those who keep the node."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.node.settings")
    execute_from_command_line(sys.argv)
