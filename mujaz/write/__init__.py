"""Write: outputs → the folder of the site. The only place that creates or deletes its files.

Enters: the bytes of each file. Leaves: the folder, with ``manifest.sha256`` naming every file that
mujaz made. Everything is staged beside the old site and then exchanged with it. What mujaz did not
make is never deleted: it moves on into the new site, or, where it stands in the way, the old site
is left as it is. Links are never followed.
"""

from mujaz.write.clean import clean
from mujaz.write.publication import Publication, publish, write
from mujaz.write.refuse import refuse_output
from mujaz.write.verify import Difference, verify

__all__ = ["Difference", "Publication", "clean", "publish", "refuse_output", "verify", "write"]
