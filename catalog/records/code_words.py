"""What each warning and each reason of a rejection means, and what to do about it, as docs/reason-codes.md has it."""

from __future__ import annotations

# How the faces say it of one item; where it stands comes first.
REJECTED = "Rejected %(item)s (%(code)s): %(told)s"
WARNING = "Warning %(item)s (%(code)s): %(told)s"
WARNING_IN_COLUMNS = "Warning %(item)s, column %(columns)s (%(code)s): %(told)s"
WHAT_TO_DO = "What to do: %(advice)s."
# Code → what it means, what to do. English is the source; the gallery's catalogues hold the other languages.
CODE_WORDS: dict[str, tuple[str, str]] = {
    "missing_file": (
        "no file has that name; where the folder has another spelling, the sentence names it",
        "correct the path in the manifest, or put the file there",
    ),
    "is_directory": (
        "the name is that of a folder, often one called like a picture",
        "name a file; what the folder holds is taken in when folders are read",
    ),
    "not_regular_file": (
        "a device, pipe or socket",
        "put an ordinary file there",
    ),
    "symlink_refused": (
        "the file is a link, or its path passes through one",
        "put the file itself there",
    ),
    "path_leaves_folder": (
        "the path is absolute or climbs out of the manifest's folder",
        "move the file inside, write the path relative to the manifest",
    ),
    "empty_file": (
        "the file has no bytes",
        "copy or fetch it again",
    ),
    "file_too_large": (
        "the file has more bytes than “CATALOG_MAX_FILE_BYTES”",
        "raise the setting, or leave the file out",
    ),
    "unreadable_file": (
        "the file may not be read, or the system refused to open it",
        "change its permissions; look at the disk",
    ),
    "unreadable_folder": (
        "the folder cannot be listed",
        "change its permissions",
    ),
    "changed_while_reading": (
        "the file was written to while it was read, twice",
        "wait until the other program is done; import it again",
    ),
    "copy_differs": (
        "the stored copy does not have the SHA-256 that the source had",
        "test memory and disk; import it again",
    ),
    "file_refused": (
        "the file was refused and nothing narrower is known",
        "read the sentence",
    ),
    "intake": (
        "something could not be taken in and nothing narrower is known",
        "read the sentence",
    ),
    "unreadable_image": (
        "the content is of no known format, or does not decode",
        "get another copy",
    ),
    "format_refused": (
        "a known format that is not read, such as PSD, SVG or HEIC",
        "export it as JPEG or PNG, and keep the first file elsewhere",
    ),
    "truncated_image": (
        "the file ends before its picture does",
        "get a complete copy",
    ),
    "decompression_bomb": (
        "the picture unpacks to far more than the file's size can explain, or than a worker may hold",
        "treat the file with distrust",
    ),
    "too_many_segments": (
        "the JPEG has more segments than any camera or editor writes",
        "save it anew, if it can be trusted",
    ),
    "too_many_scans": (
        "the JPEG has more scans than any camera or editor writes",
        "save it anew, if it can be trusted",
    ),
    "too_many_chunks": (
        "the PNG or WebP has more chunks than any editor writes",
        "save it anew, if it can be trusted",
    ),
    "too_many_boxes": (
        "the AVIF has more boxes than any editor writes",
        "save it anew, if it can be trusted",
    ),
    "bad_transform": (
        "two pictures cannot be laid over one another by the transform found between them",
        "look at the pair side by side; report it",
    ),
    "box_outside": (
        "the region asked for with “--box” lies outside the picture",
        "give X,Y,W,H in pixels of the upright picture",
    ),
    "no_manifest": (
        "there is no such file, or it cannot be opened",
        "correct the path after “--manifest”",
    ),
    "empty_manifest": (
        "the file is empty or has no header",
        "give it a header and rows",
    ),
    "manifest_not_utf8": (
        "the file is UTF-16 or UTF-32",
        "save it as UTF-8",
    ),
    "no_file_column": (
        "the header has no column “file”, parted by commas, semicolons, tabs or bars",
        "name the column",
    ),
    "ambiguous_delimiter": (
        "the header has a column “file” when it is parted by one sign and by another",
        "part it by commas, put other signs in quotes",
    ),
    "duplicate_column": (
        "a column stands in the header more than once, or two headers mean the same one",
        "rename or remove one",
    ),
    "cell_too_large": (
        "a cell has more than 1,048,576 characters, or a row four times as many; a quote before it is probably not closed",
        "close the quote",
    ),
    "bad_labels": (
        "a table of labelled pairs for “catalog evaluate” lacks a column, or a row has an empty cell or a label nobody knows",
        "correct the row that is named",
    ),
    "bad_pair": (
        "a line for “catalog captions compare” is no JSON object with the texts “a” and “b”",
        "correct the line that is named",
    ),
    "bad_manifest": (
        "the manifest cannot be read and nothing narrower is known",
        "read the sentence",
    ),
    "no_file_named": (
        "the cell “file” is blank",
        "fill it, or remove the row",
    ),
    "row_too_long": (
        "the row has more cells than the header",
        "put text with commas in quotes",
    ),
    "unclosed_quote": (
        "a quote opened in this row is never closed",
        "close it, or double it",
    ),
    "row_too_large": (
        "a line of JSON has more bytes than are read of one",
        "split or shorten it",
    ),
    "bad_json": (
        "the line is not JSON",
        "correct it",
    ),
    "not_an_object": (
        "the line is JSON, but not an object",
        "write one “{…}” a line",
    ),
    "duplicate_key": (
        "a key stands more than once in the object",
        "rename or remove one",
    ),
    "bad_base64": (
        "a value under a “…_base64” key is not base64",
        "correct it",
    ),
    "page_without_pictures": (
        "the page shows no picture that belongs to its article: menus, logos, small pictures and other articles do not count",
        "import its pictures with a manifest, if there are some",
    ),
    "worker_died": (
        "the process that read this file ended without a reply; a new one has taken its place",
        "treat the file with distrust; import it again once",
    ),
    "worker_timeout": (
        "the file took longer than “CATALOG_WORKER_TIMEOUT_SECONDS”, and its process was ended",
        "raise the setting, or treat the file with distrust",
    ),
    "worker_reply_refused": (
        "the reply was not of the type, range and length it must be",
        "treat the file with distrust",
    ),
    "worker_error": (
        "the work ended with a fault that has no name of its own",
        "report it, with the file if you may",
    ),
    "work_refused": (
        "the work ended with a reason; its own code takes the place of this one",
        "read the sentence",
    ),
    "worker_failed": (
        "work did not come back and nothing narrower is known",
        "run the command again",
    ),
    "request_refused": (
        "a request cannot be put into a message",
        "report it",
    ),
    "unknown_task": (
        "a worker was asked for work it does not know",
        "report it",
    ),
    "executor_closed": (
        "work was handed in after its workers were ended",
        "report it",
    ),
    "no_workers": (
        "fewer than one worker was asked for",
        "use “--workers” with 1 or more",
    ),
    "text_not_utf8": (
        "a cell or a page is not UTF-8; its bytes are kept, and it is shown with the code page that makes words of it",
        "check the shown text; better save the manifest as UTF-8",
    ),
    "delimiter_not_comma": (
        "the columns are parted by semicolons, tabs or bars; the first row says so for all",
        "nothing, or part them by commas",
    ),
    "column_name_corrected": (
        "a header means a known column in other letters or with blanks, such as “Published At”; the first row says so for all",
        "nothing, or write the name as the interfaces spell it",
    ),
    "row_short": (
        "the row has fewer cells than the header; the rest counts as blank",
        "see whether a comma is missing",
    ),
    "date_not_read": (
        "a date that is stated could not be read, or is not in the calendar; it is kept as text and orders nothing",
        "correct the cell, or leave it",
    ),
    "date_before_photography": (
        "a date lies before 1826, when there was no photograph; it is kept as text and orders nothing",
        "correct the cell",
    ),
    "date_in_future": (
        "a date lies after the day of the import, whatever its zone; it is kept and counts as stated",
        "correct the cell, or leave it",
    ),
    "value_not_text": (
        "a known column holds a list or an object; it is kept among the extras and means nothing",
        "write text",
    ),
    "picture_not_saved": (
        "the page names the picture and its file was not saved; the publication is kept without a photo, nothing is fetched",
        "save the picture beside the page and import again",
    ),
    "page_cut": (
        "the page has more elements than are read; what came before was read",
        "treat the file with distrust",
    ),
    "too_large_to_preview": (
        "decoding would take more memory than a worker has; the photo is kept and found by its bytes only",
        "import a smaller copy beside it",
    ),
    "extension_mismatch": (
        "the name's ending is that of another format",
        "nothing: the content decides",
    ),
    "extension_missing": (
        "the name has no ending",
        "nothing: the content decides",
    ),
    "data_after_end": (
        "sixteen bytes or more follow the picture",
        "look at what is hidden there",
    ),
    "also_an_archive": (
        "the file ends as a ZIP archive does",
        "treat the file with distrust",
    ),
    "active_content": (
        "its first bytes hold markers of HTML, script, PHP or PDF",
        "never serve the original as a page",
    ),
    "end_missing": (
        "the file ends before its format says; the picture decoded",
        "get a complete copy if there is one",
    ),
    "checksum_mismatch": (
        "a part of the PNG has another checksum than it states",
        "get another copy if there is one",
    ),
    "frames_not_counted": (
        "the file has more pictures than are counted, or its list of them is damaged; the first was read",
        "nothing",
    ),
    "animation_damaged": (
        "frames after the first cannot be read",
        "nothing: the first was read",
    ),
    "palette_transparency": (
        "transparency is stated for single colours of the palette",
        "nothing",
    ),
    "decoder_warning": (
        "the decoder warned of something that has no code yet",
        "report it, with the file if you may",
    ),
    "original_restored": (
        "the stored original was missing; the same bytes came again and were put back",
        "find out why it was missing",
    ),
    "container_damaged": (
        "a part runs beyond the end of the file or cannot be unpacked; the others were read",
        "get a complete copy if there is one",
    ),
    "metadata_too_large": (
        "a block or value is beyond its limit and was left out",
        "look at the original with another tool",
    ),
    "credentials_unreadable": (
        "content credentials are damaged or have no claim; they were left out",
        "look at the original with another tool",
    ),
    "exif_damaged": (
        "Exif points beyond its end; the rest was read",
        "nothing",
    ),
    "exif_unreadable": (
        "Exif could not be read; its texts were where there are some",
        "look at the original with another tool",
    ),
    "exif_readers_differ": (
        "a second reader fails at an AVIF that the first one read",
        "nothing: other programs may show less",
    ),
    "iim_damaged": (
        "an IIM block is broken; the values before and after the place were read",
        "nothing",
    ),
    "iim_charset_unknown": (
        "IIM names a character set that is not known",
        "check the shown text",
    ),
    "iim_charset_wrong": (
        "the bytes contradict the character set that IIM declares",
        "check the shown text",
    ),
    "xmp_damaged": (
        "the packet holds bytes or characters that XML forbids; it was read all the same",
        "check the shown text",
    ),
    "xmp_unreadable": (
        "the packet is not well formed; it was left out",
        "look at the original with another tool",
    ),
    "xmp_forbidden": (
        "the packet has a document type or entities; it was left out",
        "treat the file with distrust",
    ),
    "xmp_extended_damaged": (
        "the second part of the XMP is missing or altered; it was left out",
        "get a complete copy if there is one",
    ),
    "sidecar_unreadable": (
        "the “.xmp” file beside the photo could not be read",
        "correct it, import again",
    ),
}
