// The room's console and the presenter's tablet.
import "./countdown.js";
import "./folds.js";
import "./forms.js";
import "./menu.js";
import "./presenter.js";
import "./pulse.js";
