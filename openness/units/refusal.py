"""A rule said no: the person gets the sentences, and nothing was changed."""


class Refused(Exception):
    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))
