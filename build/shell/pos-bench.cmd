@echo off
"%~dp0node.exe" "%~dp0dist\node\pos-bench.js" %*
