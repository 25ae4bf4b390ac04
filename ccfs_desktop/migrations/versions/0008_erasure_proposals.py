"""Proposals to erase a child's data."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Proposals to erase a child's data."""
    op.create_table(
        "erasure_proposal",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("declined_by", sa.String(length=120), nullable=False),
        sa.Column("declined_at", sa.DateTime(), nullable=True),
        sa.Column("decline_reason", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_erasure_proposal_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_proposal")),
    )
    with op.batch_alter_table("erasure_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_proposal_child_id"), ["child_id"], unique=False)
