// The room's console and the presenter's tablet.
import "./forms.js";
import "./presenter.js";
import "./pulse.js";
