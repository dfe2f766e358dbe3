"""What ``pip install .`` and other packaging tools run: build the front end, add type stubs.

Node is a build requirement where the machine has none; whoever installs a wheel needs none.
"""

import importlib.util
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface[Any]):
    """Runs ``api/site/webbuild.py`` before a wheel or a source distribution is made."""

    PLUGIN_NAME = "custom"

    _folder: str | None = None

    def dependencies(self) -> list[str]:
        """What the build environment needs besides: Node, where there is none and a use for it."""
        web = _webbuild(self.root)
        if web.is_current(web.STATIC, web.sources_digest(web.SOURCES)):
            return []
        try:
            web.find_node()
        except web.NodeMissingError:
            project = tomllib.loads(Path(self.root, "pyproject.toml").read_text(encoding="utf-8"))
            node: list[str] = project["dependency-groups"]["node"]
            return node
        return []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end unless it stands.

        An editable install goes on without Node: the checkout can be built later.
        """
        if self.target_name == "wheel" and version != "editable":
            # Type checkers heed py.typed in packages only; the type hints of a module they take
            # from a package of stubs. A file that hatchling puts elsewhere it leaves out in its
            # own place, so this is a copy.
            self._folder = tempfile.mkdtemp(prefix="newsgraph-build-")
            stubs = Path(self._folder, "__init__.pyi")
            shutil.copyfile(Path(self.root, "newsgraph.py"), stubs)
            build_data["force_include"][str(stubs)] = "newsgraph-stubs/__init__.pyi"
        web = _webbuild(self.root)
        try:
            web.build()
        except web.NodeMissingError as error:
            if version != "editable":
                raise
            self.app.display_warning(str(error))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete what only the build needed."""
        if self._folder is not None:
            shutil.rmtree(self._folder)


def _webbuild(root: str) -> ModuleType:
    """The module by its path: nothing of the package is installed yet."""
    path = Path(root, "api", "site", "webbuild.py")
    spec = importlib.util.spec_from_file_location("newsgraph_webbuild", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
