using System;
using System.Collections.Generic;
using System.Globalization;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>
/// The register values of a run: <c>r1 = 5, r2 = Point#0</c>. An object is the name of its type or shape and its number in the pool.
/// </summary>
internal static class RunRegisters
{
    public static Value[] Parse(string text, EdgePool pool)
    {
        List<Value> registers = [];
        foreach (string part in text.Split(", "))
        {
            string[] sides = part.Split(" = ");
            int register = int.Parse(sides[0].AsSpan(1), CultureInfo.InvariantCulture);
            while (registers.Count <= register)
            {
                registers.Add(Value.Nil);
            }

            registers[register] = ValueOf(sides[1], pool);
        }

        return [.. registers];
    }

    private static Value ValueOf(string text, EdgePool pool)
    {
        if (text is "nil" or "true" or "false")
        {
            return text == "nil" ? Value.Nil : Value.FromBool(text == "true");
        }

        if (text.StartsWith('"'))
        {
            return Value.FromText(text.Trim('"'));
        }

        if (long.TryParse(text, CultureInfo.InvariantCulture, out long number))
        {
            return Value.FromInt(number);
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out double real) ? Value.FromFloat(real) : ObjectOf(text, pool);
    }

    private static Value ObjectOf(string text, EdgePool pool)
    {
        string[] parts = text.Split('#');
        if (parts.Length != 2 || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int number))
        {
            throw new FormatException($"`{text}` is no value; write a number, a str, true, false, nil or TYPE#NUMBER");
        }

        return IrTexts.Objects.TryGetValue(parts[0], out object? shape)
            ? pool.Object(IrType.Struct, shape, number)
            : pool.Object(Enum.Parse<IrType>(parts[0]), null, number);
    }
}
