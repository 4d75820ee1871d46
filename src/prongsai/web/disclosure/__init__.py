"""What the office shows to everybody: releases, the public site, checks from outside, proof."""
