import{a,b}from"./chunk-LTD4GEAL.js";import"./chunk-IQCN4B3F.js";import"./chunk-JMM2T4BU.js";import"./chunk-4NAV6GUD.js";import"./chunk-GSRBRE6A.js";export{b as onlyArticle,a as onlyRules};
