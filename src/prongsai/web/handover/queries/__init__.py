"""Reading: who may see a handover, and what somebody has to hand over."""
