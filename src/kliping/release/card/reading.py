"""YAML as releases hold it, read from anybody's release: plain values, each key once, and nothing that unfolds."""

from __future__ import annotations

from typing import Any

import yaml

__all__ = ["PlainLoader", "read_yaml"]


class PlainLoader(yaml.SafeLoader):
    """No release has aliases in what describes it: with a hundred of them, a few lines unfold to billions of values."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next value.

        Raises:
            YAMLError: it stands for another.
        """
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias, and no release has any")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping's value.

        Raises:
            YAMLError: a key is there twice: of its values, each reader would take another.
        """
        names: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in names:
                    raise yaml.YAMLError(f"the key {key.value!r} is there twice in its YAML")
                names.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str) -> Any:  # noqa: ANN401 — any YAML
    """What a text says.

    Raises:
        yaml.YAMLError: it is no YAML, or holds more than plain values.
    """
    return PlainLoader(text).get_single_data()
