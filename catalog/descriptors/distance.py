"""How far two descriptors of one kind are apart."""

from __future__ import annotations

from catalog.errors import DescriptorError
from catalog.records.descriptor import Descriptor


def distance(first: Descriptor, second: Descriptor) -> int:
    """Count the bits in which two codes differ, 0 to `bits`.

    Raises DescriptorError `not_comparable` when algorithm, version or length differ: such a number means nothing; and
    `not_a_code` for packed local features, which have no single distance.
    """
    if first.kind != second.kind or first.bits != second.bits or len(first.data) != len(second.data):
        raise DescriptorError(
            f"{first.algorithm} version {first.version} cannot be compared with {second.algorithm} version {second.version};"
            " describe both pictures again by one version",
            algorithm=first.algorithm,
            code="not_comparable",
        )
    if not first.bits:
        raise DescriptorError(
            f"{first.algorithm} keeps many points, not one code; compare them by verification",
            algorithm=first.algorithm,
            code="not_a_code",
        )
    return (int.from_bytes(first.data, "big") ^ int.from_bytes(second.data, "big")).bit_count()
