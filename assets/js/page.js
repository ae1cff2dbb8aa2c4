// The lobby, the state of the data, and what one may try.
import "./pulse.js";
import "./trying.js";
