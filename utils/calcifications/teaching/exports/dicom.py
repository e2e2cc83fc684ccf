"""DICOM: a picture as a digital mammogram for presentation, marked as synthetic wherever it can be, of no patient.

Grey is what the course computes, thousandths of the log of attenuation, with the window that the viewer begins with.
Pixel spacing is that in the plane of the breast; that of the detector stands beside it with the magnification.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from calcifications.imaging import view_named
from calcifications.learning.items import Look
from calcifications.learning.log import COURSE
from calcifications.pattern.draws import Floats
from calcifications.teaching.still import taken
from calcifications.teaching.window import window

if TYPE_CHECKING:
    from pydicom.dataset import Dataset
    from pydicom.uid import UID

WARNING = "Synthetic picture for learning, not for diagnosis"
_CLASS = "1.2.840.10008.5.1.4.1.1.1.2"  # Digital Mammography X-Ray Image Storage - For Presentation
_DAY, _TIME = "20260101", "000000"  # of no exam: fixed, so that the same case gives the same file
_NAMES = {
    "CC": ("CC", "399162004", "cranio-caudal"),
    "MLO": ("MLO", "399368009", "medio-lateral oblique"),
    "ML": ("ML", "399260004", "medio-lateral"),
}
_MODIFIERS = {"mag": ("399163009", "Magnification"), "tangential": ("399110001", "Tangential")}
_MOST = 2**14 - 1
_SLIGHT = 0.3  # a way that goes so little to a side is not said to go there


def file(look: Look, number: int) -> bytes:
    """Return a picture as the bytes of a DICOM file.

    Parameters
    ----------
    look : Look
    number : int
        Of the case, for the patient's name: that of no patient.
    """
    from pydicom.uid import ExplicitVRLittleEndian

    out = BytesIO()
    data = dataset(look, number)
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.save_as(out, enforce_file_format=True)
    return out.getvalue()


def dataset(look: Look, number: int) -> Dataset:
    """Return a picture as a pydicom Dataset; the parameters are those of `file`."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID

    picture = taken(look)
    view = picture.view
    place = f"{look.case.code} {look.name} {look.earlier}"
    data = Dataset()
    data.file_meta = FileMetaDataset()
    data.file_meta.MediaStorageSOPClassUID = data.SOPClassUID = UID(_CLASS)
    data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID = _uid(place)
    data.SpecificCharacterSet = "ISO_IR 192"
    data.PatientName, data.PatientID = f"SYNTHETIC^CASE {number}", f"SYNTHETIC-{number}"
    data.PatientBirthDate, data.PatientSex = "", "O"
    data.PatientComments = data.ImageComments = WARNING
    data.StudyInstanceUID, data.SeriesInstanceUID = _uid(look.case.code), _uid(place, "series")
    data.StudyDate = data.SeriesDate = data.ContentDate = data.AcquisitionDate = _DAY
    data.StudyTime = data.ContentTime = data.AcquisitionTime = _TIME
    data.StudyID, data.AccessionNumber, data.ReferringPhysicianName = str(number), "", ""
    data.StudyDescription = data.SeriesDescription = WARNING
    data.SeriesNumber = data.InstanceNumber = data.AcquisitionNumber = 1
    data.Modality, data.PresentationIntentType = "MG", "FOR PRESENTATION"
    data.Manufacturer, data.ManufacturerModelName = "calcifications course", "synthetic"
    data.DeviceSerialNumber, data.SoftwareVersions = "0", COURSE
    data.ContentQualification = "RESEARCH"
    data.ImageType = ["DERIVED", "PRIMARY"]
    data.DerivationDescription = WARNING
    data.BurnedInAnnotation, data.LossyImageCompression = "NO", "00"
    data.AcquisitionContextSequence = []
    _put_anatomy(data, look)
    _put_detector(data, view.pixel_mm, view_named("CC").pixel_mm)
    _put_pixels(data, look)
    return data


def _put_anatomy(data: Dataset, look: Look) -> None:
    """Say which breast it is, from where it is seen, and which way its rows and columns run."""
    view = taken(look).view
    name, _, modifier = view.name.partition("-")
    if name not in _NAMES:  # turned to the skin, or a stereo pair's: both from above
        name, modifier = "CC", view.name
    position, code, meaning = _NAMES[name]
    data.ImageLaterality = view.side[0].upper()
    data.ViewPosition = position
    data.BodyPartExamined, data.OrganExposed = "BREAST", "BREAST"
    data.AnatomicRegionSequence = [_code("76752008", "Breast")]
    data.ViewCodeSequence = [_code(code, meaning)]
    modified = [_code(*_MODIFIERS[modifier])] if modifier in _MODIFIERS else []
    data.ViewCodeSequence[0].ViewModifierCodeSequence = modified
    data.PatientOrientation = [_toward(view.axes[0], view.side), _toward(-view.axes[1], view.side)]
    data.PositionerType, data.PositionerPrimaryAngle = "MAMMOGRAPHIC", f"{view.swing_deg:g}"
    data.BreastImplantPresent, data.PartialView = "NO", "YES"


def _toward(way: Floats, side: str) -> str:
    """Return DICOM's letters for a way in the breast's frame, which runs to the nipple, outwards and to the head."""
    outer, inner = ("L", "R") if side == "left" else ("R", "L")
    letters = zip(way.tolist(), (("A", "P"), (outer, inner), ("H", "F")), strict=True)
    said = [(abs(share), ends[share < 0]) for share, ends in letters if abs(share) > _SLIGHT]
    return "".join(letter for _, letter in sorted(said, key=lambda each: -each[0]))


def _put_detector(data: Dataset, pixel_mm: float, contact_mm: float) -> None:
    """Say how wide a pixel is, in the breast and on the detector."""
    factor = contact_mm / pixel_mm
    data.PixelSpacing = [f"{pixel_mm:.6g}"] * 2
    data.PixelSpacingCalibrationType = "GEOMETRY"
    data.PixelSpacingCalibrationDescription = "in the plane of the breast"
    data.ImagerPixelSpacing = [f"{contact_mm:.6g}"] * 2
    data.EstimatedRadiographicMagnificationFactor = f"{factor:.6g}"
    data.DetectorType = "DIRECT"


def _put_pixels(data: Dataset, look: Look) -> None:
    """Put the grey values in, and the window that they are first seen through."""
    picture = taken(look)
    grey = np.clip(np.rint(picture.pixels), 0, _MOST).astype("<u2")
    low, high = window(picture)
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = grey.shape
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 14, 13, 0
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    data.PresentationLUTShape = "IDENTITY"
    data.WindowCenter, data.WindowWidth = f"{(low + high) / 2:.0f}", f"{high - low:.0f}"
    data.PixelData = grey.tobytes()


def _code(value: str, meaning: str) -> Dataset:
    from pydicom.dataset import Dataset

    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "SCT", meaning
    return code


def _uid(*words: Any) -> UID:
    from pydicom.uid import generate_uid

    return generate_uid(entropy_srcs=[str(word) for word in words])
