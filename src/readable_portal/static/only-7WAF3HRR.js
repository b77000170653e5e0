import{a,b}from"./chunk-LIRMBK34.js";import"./chunk-UIA4XX4T.js";import"./chunk-JMM2T4BU.js";import"./chunk-4NAV6GUD.js";import"./chunk-GSRBRE6A.js";export{b as onlyArticle,a as onlyRules};
