// Walls, the journey and whoever follows a walk: all of them may be taken to any stage in place.
import "./canvas.js";
import "./countdown.js";
import "./decks.js";
import "./drill.js";
import "./golden.js";
import "./guide.js";
import "./lost.js";
import "./moment.js";
import "./pulse.js";
import "./tour.js";
import "./voices.js";
import "./album.js";
import "./clip.js";
import "./paper.js";
import "./transcript.js";
import "./zoom.js";
import "./walk.js";
