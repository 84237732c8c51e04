using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Semantics;

public sealed class OperatorTableTests
{
    private readonly DetachedContext _context = DetachedContext.ForHostValuesOf(null);

    /// <summary>The operators, with the method that defines each.</summary>
    private static readonly (Opcode Op, string Method)[] Operators =
    [
        .. Enumerable.Range((int)Opcode.Add, Opcode.Shr - Opcode.Add + 1).Select(op => ((Opcode)op, ((Opcode)op).ToString())),
    ];

    public static TheoryData<string> Names => [.. Operators.Select(row => row.Method)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_pair_of_values_has_the_result_of_the_definition(string name)
    {
        Opcode op = Operators.Single(row => row.Method == name).Op;
        Value[] values =
        [
            Value.FromInt(0), Value.FromInt(-3), Value.FromInt(7), Value.FromInt(long.MaxValue), Value.FromInt(long.MinValue),
            Value.FromInt((1L << 53) + 1), Value.FromFloat(0), Value.FromFloat(-0.0), Value.FromFloat(2.5), Value.FromFloat(double.NaN),
            Value.FromFloat(double.PositiveInfinity), Value.FromFloat(1e300), Value.FromBig(System.Numerics.BigInteger.Pow(3, 90)),
            Value.FromText(""), Value.FromText("ab"), Value.FromText("longer than eight units"), Value.True, Value.Nil,
            Value.FromObject(ListObject.OfInts([1, 2], 2)), Value.FromObject(new ListObject()), Value.FromObject(TupleObject.Empty),
            Value.FromObject(new MapObject()),
        ];
        foreach (Value a in values)
        {
            foreach (Value b in values)
            {
                if (op is Opcode.Pow or Opcode.Shl or Opcode.Mul && (IsLarge(a) || IsLarge(b)) && !a.IsFloat && !b.IsFloat)
                {
                    continue;
                }

                ByTable(op, a, b).ShouldBe(
                    ByDefinition(op, a, b), $"{op} of {Formatting.ToLiteral(_context, a)} and {Formatting.ToLiteral(_context, b)}");
            }
        }
    }

    [Fact]
    public void The_rows_name_types_and_routines()
    {
        Dictionary<string, string> rows = OperatorTable.Rows().ToDictionary();

        rows["int + float"].ShouldBe("AddIntFloat");
        rows["str + str"].ShouldBe("JoinStrs");
        rows["int * list"].ShouldBe("RepeatRight");
        rows.Count.ShouldBe(15);
    }

    private static bool IsLarge(in Value value) => value.IsAnyInt && System.Numerics.BigInteger.Abs(value.AsBig) > 100;

    private string ByTable(Opcode op, Value a, Value b) => Outcome(() => OperatorTable.Apply(_context, op, a, b));

    private string ByDefinition(Opcode op, Value a, Value b) => Outcome(() => op switch
    {
        Opcode.Add => Arithmetic.Add(_context, a, b),
        Opcode.Sub => Arithmetic.Sub(_context, a, b),
        Opcode.Mul => Arithmetic.Mul(_context, a, b),
        Opcode.Div => Arithmetic.Div(_context, a, b),
        Opcode.Mod => Arithmetic.Mod(_context, a, b),
        Opcode.Pow => Arithmetic.Pow(_context, a, b),
        Opcode.BitAnd => Arithmetic.BitAnd(_context, a, b),
        Opcode.BitOr => Arithmetic.BitOr(_context, a, b),
        Opcode.BitXor => Arithmetic.BitXor(_context, a, b),
        Opcode.Shl => Arithmetic.Shl(_context, a, b),
        _ => Arithmetic.Shr(_context, a, b),
    });

    /// <summary>The result with the bits of a float, or the error.</summary>
    private string Outcome(Func<Value> operation)
    {
        try
        {
            Value result = operation();
            return $"{result.Kind} {result.Bits} {Formatting.ToLiteral(_context, result)}";
        }
        catch (ScriptErrorException e)
        {
            return $"{e.Error.ErrorKind}: {e.Error.Message}";
        }
    }
}
