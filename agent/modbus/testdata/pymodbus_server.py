"""A Modbus server that Thermie did not write, for its tests: pymodbus.

usage: pymodbus_server.py tcp|rtu_over_tcp|rtu ADDRESS
Each holding register and input register holds its own address; each coil and
discrete input is on where its address is odd. Units 1 and 2 are there, and
say who they are.
"""
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

link, address = sys.argv[1:]
words = ModbusSequentialDataBlock(0, list(range(2000)))
bits = ModbusSequentialDataBlock(0, [n % 2 for n in range(2000)])
unit = ModbusSlaveContext(di=bits, co=bits, hr=words, ir=words, zero_mode=True)
context = ModbusServerContext(slaves={1: unit, 2: unit}, single=False)
identity = ModbusDeviceIdentification(info={0: "Debian", 1: "PM", 2: "3.0", 4: "pymodbus", 5: "Server"})

if link == "rtu":
    StartSerialServer(context=context, identity=identity, framer=ModbusRtuFramer, port=address,
                      baudrate=19200, parity="N", bytesize=8, stopbits=1, timeout=0.01)
else:
    host, port = address.rsplit(":", 1)
    framer = ModbusSocketFramer if link == "tcp" else ModbusRtuFramer
    StartTcpServer(context=context, identity=identity, framer=framer, address=(host, int(port)))
