"""Which property of which vocabulary carries which meaning (docs/metadata.md is its table for people)."""

from __future__ import annotations

import re

DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
MM = "http://ns.adobe.com/xap/1.0/mm/"
XAP = "http://ns.adobe.com/xap/1.0/"
TIFF = "http://ns.adobe.com/tiff/1.0/"
EXIF = "http://ns.adobe.com/exif/1.0/"

# IPTC Photo Metadata Standard 2025.1 (Core 1.5, Extension 1.9), XMP property of each; Exif for XMP for the last lines.
XMP_MEANINGS = {
    f"{{{DC}}}creator": "creator",
    f"{{{TIFF}}}Artist": "creator",
    f"{{{PHOTOSHOP}}}AuthorsPosition": "creator_job_title",
    f"{{{PHOTOSHOP}}}Credit": "credit_line",
    f"{{{PHOTOSHOP}}}Source": "iptc_source",
    f"{{{DC}}}rights": "copyright_notice",
    f"{{{TIFF}}}Copyright": "copyright_notice",
    f"{{{DC}}}description": "description",
    f"{{{TIFF}}}ImageDescription": "description",
    f"{{{PHOTOSHOP}}}Headline": "headline",
    f"{{{DC}}}title": "title",
    f"{{{IPTC_CORE}}}AltTextAccessibility": "alt_text",
    f"{{{PHOTOSHOP}}}CaptionWriter": "description_writer",
    f"{{{PHOTOSHOP}}}Instructions": "instructions",
    f"{{{PHOTOSHOP}}}DateCreated": "date_created",
    f"{{{EXIF}}}DateTimeOriginal": "date_created",
    f"{{{PHOTOSHOP}}}TransmissionReference": "job_id",
    f"{{{IPTC_EXT}}}LocationCreated": "location_created",
    f"{{{IPTC_EXT}}}LocationShown": "location_shown",
    f"{{{PHOTOSHOP}}}City": "city",
    f"{{{IPTC_CORE}}}Location": "sublocation",
    f"{{{PHOTOSHOP}}}State": "province_state",
    f"{{{PHOTOSHOP}}}Country": "country",
    f"{{{IPTC_EXT}}}Event": "event",
    f"{{{IPTC_EXT}}}PersonInImage": "person_shown",
    f"{{{IPTC_EXT}}}PersonInImageWDetails/{{{IPTC_EXT}}}PersonName": "person_shown",
    f"{{{IPTC_EXT}}}DigitalSourceType": "digital_source_type",
    f"{{{PLUS}}}ImageSupplier": "image_supplier",
    f"{{{PLUS}}}ImageSupplierImageID": "image_supplier_id",
    f"{{{IPTC_EXT}}}SupplyChainSource": "supply_chain_source",
    f"{{{DC}}}subject": "keywords",
    f"{{{RIGHTS}}}UsageTerms": "usage_terms",
    f"{{{RIGHTS}}}WebStatement": "web_statement",
    f"{{{PLUS}}}Licensor": "licensor",
    f"{{{IPTC_EXT}}}RegistryId": "registry_id",
    f"{{{MM}}}DocumentID": "document_id",
    f"{{{MM}}}OriginalDocumentID": "original_document_id",
    f"{{{MM}}}InstanceID": "instance_id",
    f"{{{MM}}}DerivedFrom": "derived_from",
    f"{{{MM}}}History": "edit_history",
    f"{{{TIFF}}}Make": "camera_make",
    f"{{{TIFF}}}Model": "camera_model",
    f"{{{XAP}}}CreatorTool": "software",
    f"{{{TIFF}}}Software": "software",
    f"{{{XAP}}}ModifyDate": "modified",
    f"{{{TIFF}}}DateTime": "modified",
}

# IPTC-NAA Information Interchange Model 4.2, chapter 6; the pairing is that of the IPTC Photo Metadata Standard.
IIM_MEANINGS = {
    "2:5": "title",
    "2:25": "keywords",
    "2:40": "instructions",
    "2:55": "date_created",
    "2:60": "date_created",
    "2:65": "software",
    "2:80": "creator",
    "2:85": "creator_job_title",
    "2:90": "city",
    "2:92": "sublocation",
    "2:95": "province_state",
    "2:101": "country",
    "2:103": "job_id",
    "2:105": "headline",
    "2:110": "credit_line",
    "2:115": "iptc_source",
    "2:116": "copyright_notice",
    "2:120": "description",
    "2:122": "description_writer",
    "2:187": "unique_document_id",
}

# Exif 2.32 and TIFF/EP by the names of exifread; the XP fields are those Windows writes, the two numbers are ImageTitle and
# Photographer of Exif 3.0.
EXIF_MEANINGS = {
    "Artist": "creator",
    "XPAuthor": "creator",
    "Tag 0xA437": "creator",
    "Copyright": "copyright_notice",
    "ImageDescription": "description",
    "XPComment": "description",
    "XPTitle": "title",
    "Tag 0xA436": "title",
    "XPKeywords": "keywords",
    "DateTimeOriginal": "date_created",
    "OffsetTimeOriginal": "date_created",
    "DateTime": "modified",
    "OffsetTime": "modified",
    "Make": "camera_make",
    "Model": "camera_model",
    "Software": "software",
}
# Fields stray between these two directories (TIFF/EP puts all into the first); in others they speak of the thumbnail.
EXIF_DIRECTORIES = ("Image", "EXIF")
GPS_POSITION = "GPS Position"

# PNG specification, third edition, §11.3.3.1: predefined keywords.
PNG_MEANINGS = {
    "Title": "title",
    "Author": "creator",
    "Description": "description",
    "Copyright": "copyright_notice",
    "Software": "software",
}

_INDEX = re.compile(r"/\d+(?=/|$)")


def exif_meaning(name: str) -> str | None:
    """Return the meaning of an Exif property, None when it has none of ours."""
    if name == GPS_POSITION:
        return "gps_position"
    directory, _, tag = name.partition(" ")
    return EXIF_MEANINGS.get(tag) if directory in EXIF_DIRECTORIES else None


def iim_meaning(name: str) -> str | None:
    """Return the meaning of an IIM dataset, None when it has none of ours."""
    return IIM_MEANINGS.get(name)


def xmp_meaning(path: str) -> str | None:
    """Return the meaning of an XMP property; a field inside a structure has that of the structure, a qualifier none."""
    if "}/" not in path and "/{" not in path:
        return XMP_MEANINGS.get(path)
    if "/?" in path:
        return None
    names = _INDEX.sub("", path)
    return XMP_MEANINGS.get(names) or XMP_MEANINGS.get(names.split("/{", 1)[0])


def comment_meaning(vocabulary: str, name: str) -> str | None:
    """Return the meaning of a comment of a container; only PNG gives comments a name."""
    return PNG_MEANINGS.get(name) if vocabulary == "png" else None
