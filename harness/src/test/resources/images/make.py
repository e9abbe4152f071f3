"""Draws the odd images of ImageDecoderTest with Pillow, an encoder that is not the decoder under test.

Each is 64 x 40: the left half red, the right half white. python3 make.py
"""
from PIL import Image

plain = Image.new("RGB", (64, 40), "white")
plain.paste((220, 30, 30), (0, 0, 32, 40))

plain.convert("CMYK").save("cmyk.jpg", quality=95)
plain.convert("L").save("grey.png")
plain.convert("P", palette=Image.ADAPTIVE).save("palette.png")
plain.save("webp.webp", lossless=True)
plain.save("jpeg-named.png", "JPEG", quality=95)
plain.save("gif-named.png", "GIF")

clear = Image.new("RGBA", (64, 40), (0, 0, 0, 0))
clear.paste((220, 30, 30, 255), (0, 0, 32, 40))
clear.save("alpha.png")

exif = Image.Exif()
for orientation, transpose in {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}.items():
    exif[0x0112] = orientation
    plain.transpose(transpose).save(f"exif-{orientation}.jpg", exif=exif, quality=95)
