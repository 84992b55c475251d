"""Makes nlu/encoder: the sentence encoder, fine-tuned on Heard's own data, as a small ONNX file.

`make encoder` runs it. Nothing here is needed to run Heard: the result is committed.
"""
