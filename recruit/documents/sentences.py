"""Why a file is not taken, each with how to mend it."""

MISSING = "Choose a file"
EMPTY = "The file is empty. Open it to see whether it is whole, then choose it again"
TOO_LARGE = "The file must be {} or smaller. Save it with smaller pictures, or with fewer pages"
TOO_LARGE_PICTURE = "The file must be {} or smaller. Save or photograph it with less detail, or send fewer pages"
DAMAGED = "The file is damaged. Open it, save it again, and choose the new one"
PROTECTED = "The file is protected by a password. Save it without one, and choose the new one"
MACROS = "The file holds macros, which are programs. Save it without them, or as a PDF"
FILES_INSIDE = "The file has other files inside it. Take them out, or save it as a plain PDF"
UNPACKS_TOO_FAR = "The file unpacks to far more than a document holds. Save it as a PDF"
OLD_OFFICE = (
    "The file is of an old Word format or protected by a password. Save it as a .docx or PDF without a password"
)
PDF_PROGRAM = "The PDF holds a script or starts a program. Print it to a new PDF, and choose that one"
PDF_FILES = "The PDF has other files inside it. Print it to a new PDF, and choose that one"
WRONG_KIND = "The file must be a {}"
LIES = "The name of the file ends in {}, but it is a {}. Let its name end in {}, and choose it again"
NOT_INSIDE = "The name of the file ends in {}, but it is another kind of file inside. Save it again as a {}"
