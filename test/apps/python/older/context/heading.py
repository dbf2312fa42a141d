import sys

from markupsafe import escape

print(escape("<north>"), sys.version_info[1])
