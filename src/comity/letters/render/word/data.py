"""The letter's data inside a DOCX file: a custom XML part (ISO/IEC 29500-1, 15.2.5), which word processors keep."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from comity.letters.model import Letter
from comity.letters.render.data import letter_from

DATA_NAMESPACE = "comity:letter.schema.json"
"""Of the element that holds the data: the name of their JSON Schema."""
DATA_PART = "/customXml/item1.xml"
_PROPERTIES_PART = "/customXml/itemProps1.xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<ds:datastoreItem ds:itemID="{6C1B9A52-3F0E-4C0B-9C55-0E6F5A1D7B21}"'
    ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{DATA_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def add_data(document: Document, data: bytes) -> None:
    """Puts the data into the file."""
    package = document.part.package
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<letter xmlns="{DATA_NAMESPACE}">{escape(data.decode())}</letter>'
    item = Part(PackURI(DATA_PART), "application/xml", xml.encode(), package)
    properties = Part(
        PackURI(_PROPERTIES_PART),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        _PROPERTIES.encode(),
        package,
    )
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def letter_in(file: bytes) -> Letter:
    """The letter inside a DOCX file that we made ourselves; a file from others is read by `comity letter read`.

    KeyError where there is none.
    """
    with zipfile.ZipFile(BytesIO(file)) as package:
        root = parse_xml(package.read(DATA_PART[1:]))
    return letter_from((root.text or "").encode())
