"""Official results of many agencies and years: published tables in, arithmetic, an explorer of static pages out."""
