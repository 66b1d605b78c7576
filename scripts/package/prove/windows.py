"""What the windows of this session say, as a screen reader has it: a JSON list of what shows in those whose title begins
with the first argument, in their order. AT-SPI is the one road to a window of the packaged program: its debugging ports
are shut."""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

FLAGS = {
    "focused": Atspi.StateType.FOCUSED,
    "enabled": Atspi.StateType.ENABLED,
}


def children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def told(node):
    states = node.get_state_set()
    box = node.get_extents(Atspi.CoordType.SCREEN)
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "x": box.x + box.width // 2,
        "y": box.y + box.height // 2,
        **{name: states.contains(flag) for name, flag in FLAGS.items()},
    }


def walk(node, found):
    try:
        found.append(told(node))
        for child in children(node):
            walk(child, found)
    except GLib.Error:
        # It went away meanwhile: what is left shows at the next look.
        pass


def main():
    found = []
    for program in children(Atspi.get_desktop(0)):
        for window in children(program):
            if (window.get_name() or "").startswith(sys.argv[1]):
                walk(window, found)
    print(json.dumps(found))


main()
