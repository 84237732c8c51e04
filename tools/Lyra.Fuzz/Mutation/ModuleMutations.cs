using System;
using System.Collections.Generic;
using System.Numerics;
using Lyra.Fuzz.Seeds;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Fuzz.Mutation;

/// <summary>
/// Mutates a module after the reader has accepted it. The result is well-formed as a file, so only the verifier protects the interpreter
/// from it. The module must have been read for this purpose: its arrays are changed in place.
/// </summary>
internal static class ModuleMutations
{
    private static readonly Value[] Constants =
    [
        Value.Nil, Value.True, Value.FromInt(0), Value.FromInt(long.MinValue), Value.FromFloat(double.NaN), Value.FromFloat(-0.0),
        Value.FromText("x"),
        Value.FromText(string.Empty), Value.FromBig(BigInteger.Pow(2, 80)),
    ];

    public static void Apply(CompiledModule module, FuzzRandom random)
    {
        List<Prototype> prototypes = [.. module.AllPrototypes()];
        int count = random.Pick(1, 1, 1, 1, 2, 2, 3, 6);
        for (int i = 0; i < count; i++)
        {
            Prototype prototype = random.PickFrom(prototypes);
            if (random.Chance(78) && prototype.Code.Length > 0)
            {
                Change(prototype.Code, random);
            }
            else
            {
                ChangeTables(module, prototype, random);
            }
        }
    }

    private static void Change(Instruction[] code, FuzzRandom random)
    {
        ref Instruction instruction = ref code[random.Below(code.Length)];
        ref Instruction other = ref code[random.Below(code.Length)];
        switch (random.Below(10))
        {
            case 0 or 1 or 2:
                ChangeOperand(ref instruction, other, random);
                break;
            case 3:
                instruction.Op = (Opcode)random.Below(OpcodeInfo.Count + 2);
                break;
            case 4 or 5 or 6:
                instruction.Op = Sibling(instruction.Op, random);
                break;
            case 7:
                (instruction, other) = (other, instruction);
                break;
            case 8:
                instruction = other;
                break;
            default:
                instruction.Raw ^= 1UL << random.Below(64);
                break;
        }
    }

    private static void ChangeOperand(ref Instruction instruction, Instruction other, FuzzRandom random)
    {
        ushort old = random.Below(3) switch { 0 => instruction.A, 1 => instruction.B, _ => instruction.C };
        ushort value = random.Below(6) switch
        {
            0 => (ushort)(old + 1),
            1 => (ushort)(old - 1),
            2 => other.A,
            3 => other.B,
            4 => (ushort)random.Below(8),
            _ => random.Pick<ushort>(0, 1, ushort.MaxValue, 0x7FFF, 0x8000),
        };
        switch (random.Below(3))
        {
            case 0:
                instruction.A = value;
                break;
            case 1:
                instruction.B = value;
                break;
            default:
                instruction.C = value;
                break;
        }
    }

    /// <summary>Another opcode with the same operands. The verifier accepts most of these.</summary>
    private static Opcode Sibling(Opcode opcode, FuzzRandom random)
    {
        if ((int)opcode >= OpcodeInfo.Count)
        {
            return Opcode.Nop;
        }

        List<Opcode> siblings = [];
        string operands = OpcodeInfo.Of(opcode).Operands;
        foreach (OpcodeInfo row in OpcodeInfo.Table)
        {
            if (row.Opcode != opcode && row.Operands == operands)
            {
                siblings.Add(row.Opcode);
            }
        }

        return siblings.Count == 0 ? opcode : random.PickFrom(siblings);
    }

    private static void ChangeTables(CompiledModule module, Prototype prototype, FuzzRandom random)
    {
        switch (random.Below(13))
        {
            case 0:
                Edit(prototype.Loops, random, l => random.Chance(50) ? l with { BodyPc = Near(l.BodyPc, random) }
                    : l with { Cost = Near(l.Cost, random) });
                break;
            case 1 or 2:
                Edit(prototype.Handlers, random, h => ChangeHandler(h, random));
                break;
            case 3 or 4:
                Edit(prototype.Constants, random, _ => random.PickFrom(Constants));
                break;
            case 5:
                Edit(prototype.SwitchTables, random, t => new SwitchTable(t.Cases, Near(t.DefaultPc, random)));
                break;
            case 6:
                Edit(prototype.Captures, random, c => random.Chance(50) ? c with { Index = Near(c.Index, random) }
                    : c with { FromRegister = !c.FromRegister });
                break;
            case 7:
                Swap(prototype.SlotTypes, random);
                break;
            case 8:
                Swap(prototype.Sites, random);
                break;
            case 9:
                Swap(prototype.Children, random);
                break;
            case 10:
                Edit(module.Variables, random, v => v with { Kind = (ModuleVariableKind)random.Below(8) });
                break;
            case 11:
                Swap(module.Builtins, random);
                break;
            default:
                Edit(prototype.Parameters, random, p => random.Chance(50) ? p with { HasDefault = !p.HasDefault }
                    : p with { IsRest = !p.IsRest });
                break;
        }
    }

    private static HandlerInfo ChangeHandler(HandlerInfo handler, FuzzRandom random) => random.Below(5) switch
    {
        0 => handler with { Start = Near(handler.Start, random) },
        1 => handler with { End = Near(handler.End, random) },
        2 => handler with { HandlerPc = Near(handler.HandlerPc, random) },
        3 => handler with { Register = Near(handler.Register, random) },
        _ => handler with { Kind = (HandlerKind)random.Below(6) },
    };

    private static int Near(int value, FuzzRandom random) => random.Below(5) switch
    {
        0 => value + 1,
        1 => value - 1,
        2 => random.Below(12),
        3 => 0,
        _ => random.Pick(int.MaxValue, int.MinValue, -1, 65_536),
    };

    private static void Edit<T>(T[] items, FuzzRandom random, Func<T, T> change)
    {
        if (items.Length > 0)
        {
            ref T item = ref items[random.Below(items.Length)];
            item = change(item);
        }
    }

    private static void Swap<T>(T[] items, FuzzRandom random)
    {
        if (items.Length > 1)
        {
            int first = random.Below(items.Length);
            int second = random.Below(items.Length);
            (items[first], items[second]) = (items[second], items[first]);
        }
    }
}
