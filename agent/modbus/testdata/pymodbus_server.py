"""A Modbus server that Thermie did not write, for its tests: pymodbus.

usage: pymodbus_server.py tcp|rtu_over_tcp
       pymodbus_server.py rtu PORT
It says its address when it can be asked. Each holding register and input
register holds its own address; each coil and discrete input is on where its
address is odd. Units 1 and 2 are there, and say who they are.
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer


async def serve(link, port=None):
    words = ModbusSequentialDataBlock(0, list(range(2000)))
    bits = ModbusSequentialDataBlock(0, [n % 2 for n in range(2000)])
    unit = ModbusSlaveContext(di=bits, co=bits, hr=words, ir=words, zero_mode=True)
    context = ModbusServerContext(slaves={1: unit, 2: unit}, single=False)
    identity = ModbusDeviceIdentification(info={0: "Debian", 1: "PM", 2: "3.0", 4: "pymodbus", 5: "Server"})
    if link == "rtu":
        server = ModbusSerialServer(context, ModbusRtuFramer, identity, port=port,
                                    baudrate=19200, parity="N", bytesize=8, stopbits=1, timeout=0.01)
        await server.start()
        print(port, flush=True)
        await server.serve_forever()
    framer = ModbusSocketFramer if link == "tcp" else ModbusRtuFramer
    server = ModbusTcpServer(context, framer, identity, address=("127.0.0.1", 0))
    serving = asyncio.create_task(server.serve_forever())
    await server.serving
    print("%s:%d" % server.server.sockets[0].getsockname(), flush=True)
    await serving


asyncio.run(serve(*sys.argv[1:]))
