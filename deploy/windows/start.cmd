@echo off
chcp 65001 >nul
rem เปิดระบบโปร่งใสบนเครื่องสำนักงาน วางไฟล์นี้ไว้ข้างโฟลเดอร์ python และ data
set PYTHONUTF8=1
set PRONGSAI_DATA=%~dp0data
if exist "%~dp0settings.cmd" call "%~dp0settings.cmd"
if exist "%~dp0python\python.exe" (
  "%~dp0python\python.exe" -m prongsai serve
) else (
  prongsai serve
)
if errorlevel 1 pause
