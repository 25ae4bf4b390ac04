"""What the user can put right, as finished sentences."""

from collections.abc import Mapping


class UserError(Exception):
    """A finished, translated sentence that says what is wrong and what to do."""


class Refused(UserError):
    """The role of who is working does not cover it."""


class Invalid(UserError):
    """Fields of a form that cannot be saved as they stand."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep the problems by field.

        Args:
            problems: field name → finished sentence to show under the field.
        """
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)
