// The portal's own "Xem với cỡ chữ": what readable-portal takes over. Kept as such scripts are.
var coChu = 12;
function datCoChu(n) {
  coChu = Math.max(8, Math.min(28, n));
  var p = document.getElementsByTagName('p');
  for (var i = 0; i < p.length; i++) { p[i].style.fontSize = coChu + 'px'; }
}
function fontPlus() { datCoChu(coChu + 1); }
function fontMinus() { datCoChu(coChu - 1); }
function fontReset() { datCoChu(12); }
function zoominLetter() { fontPlus(); }
function zoomoutLetter() { fontMinus(); }
