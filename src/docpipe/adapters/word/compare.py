"""Whether two .docx of ours have the same content, however their XML happens to be written."""

from lxml import etree

from docpipe.adapters.word import package
from docpipe.adapters.word.parts import Parts


def same_content(issued: bytes, remade: bytes) -> bool:
    """Whether both packages have the same parts, and these the same elements, attributes and text.

    What may differ: the order of attributes, how namespaces are declared, how characters are
    escaped, the XML declaration. Anything else may not: not a part, a space, a hidden run, a
    property, nor a byte of what is no XML, nor anything between the entries of the package.
    """
    try:
        one, two = package.unpack(issued), package.unpack(remade)
        whole = package.write(one) == issued
    except Exception:  # zipfile raises a dozen kinds for damaged archives
        return False
    return whole and set(one) == set(two) and all(_alike(name, one, two) for name in one)


def _alike(name: str, one: Parts, two: Parts) -> bool:
    if one[name] == two[name]:
        return True
    if not name.endswith((".xml", ".rels")):
        return False
    try:
        return _canonical(one[name]) == _canonical(two[name])
    except etree.XMLSyntaxError:
        return False


def _canonical(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    tree = etree.fromstring(data, parser)
    return etree.tostring(tree, method="c14n2", with_comments=True)
