@echo off
chcp 65001 >nul
rem เปิดระบบเองทุกครั้งที่ผู้ใช้นี้เข้าเครื่อง ลบด้วย schtasks /Delete /TN Prongsai
schtasks /Create /F /TN Prongsai /SC ONLOGON /RL LIMITED /TR "\"%~dp0start.cmd\""
pause
