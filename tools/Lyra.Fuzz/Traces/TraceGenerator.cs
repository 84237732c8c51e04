using System.Collections.Generic;
using System.Numerics;
using Lyra.Fuzz.Seeds;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Fuzz.Traces;

/// <summary>
/// Generates loops of bytecode that the compiler would never emit but the verifier accepts: any instruction on any register, paths that
/// join anywhere, nested loops, errors caught in the middle of an iteration. Recordings and regions are made from bytecode, so they must
/// handle all of it.
/// </summary>
internal sealed class TraceGenerator
{
    /// <summary>The number of registers that statements read and write; those of loops and calls are above them.</summary>
    private const int Variables = 10;

    private const int MaxDepth = 3;
    private const int Caught = Variables;
    private const int FirstOfLoops = Variables + 1;
    private const int LoopSize = 4;
    private const int FirstOfCalls = FirstOfLoops + (LoopSize * (MaxDepth + 1));
    private const int Registers = FirstOfCalls + 8;

    private static readonly string[] Builtins = ["length", "tostring", "abs", "type", "min"];
    private static readonly int[] BuiltinArguments = [1, 1, 1, 1, 2];
    private static readonly string[] Sites = ["push", "pop", "copy", "contains", "get"];
    private static readonly int[] SiteArguments = [1, 0, 0, 1, 2];

    private static readonly Opcode[] Binary =
    [
        Opcode.Add, Opcode.Add, Opcode.Sub, Opcode.Sub, Opcode.Div, Opcode.Mod, Opcode.BitAnd, Opcode.BitOr, Opcode.BitXor, Opcode.Shr,
        Opcode.Eq, Opcode.Ne,
        Opcode.Lt, Opcode.Le, Opcode.Is, Opcode.In, Opcode.GetIndex, Opcode.SetIndex, Opcode.NewRange, Opcode.TestRange,
    ];

    private static readonly Opcode[] Unary =
    [
        Opcode.Move, Opcode.Move, Opcode.Neg, Opcode.BitNot, Opcode.Not, Opcode.Length, Opcode.Append, Opcode.Extend, Opcode.Spread,
    ];

    private static readonly Opcode[] Immediate =
    [
        Opcode.AddInt, Opcode.AddInt, Opcode.SubInt, Opcode.MulInt, Opcode.DivInt, Opcode.ModInt, Opcode.BitAndInt, Opcode.ShrInt,
        Opcode.GetIndexInt,
        Opcode.TestList, Opcode.TestListPrefix, Opcode.TestTuple, Opcode.TestMap,
    ];

    private static readonly Opcode[] Tests = [Opcode.JumpIf, Opcode.JumpIfNot, Opcode.JumpIfNil, Opcode.JumpIfNotNil];

    private static readonly Opcode[] Comparisons =
        [Opcode.JumpEq, Opcode.JumpNe, Opcode.JumpLt, Opcode.JumpLe, Opcode.JumpNotLt, Opcode.JumpNotLe];

    private static readonly Opcode[] IntComparisons =
    [
        Opcode.JumpEqInt, Opcode.JumpNeInt, Opcode.JumpLtInt, Opcode.JumpLeInt, Opcode.JumpGtInt, Opcode.JumpGeInt, Opcode.JumpNotLtInt,
        Opcode.JumpNotLeInt,
        Opcode.JumpNotGtInt, Opcode.JumpNotGeInt,
    ];

    private readonly FuzzRandom _random;
    private readonly CodeWriter _code = new();

    private TraceGenerator(long seed) => _random = new FuzzRandom(seed);

    /// <summary>The module of a seed.</summary>
    public static CompiledModule Generate(long seed)
    {
        TraceGenerator generator = new(seed);
        generator.Module();
        return generator._code.Finish(Registers, Builtins, Sites, [new ModuleVariable("m", ModuleVariableKind.Var, false)]);
    }

    private void Module()
    {
        for (int register = 0; register <= Caught; register++)
        {
            Load(register);
        }

        _code.EmitWide(Opcode.SetModule, _random.Below(Variables), 0);
        for (int loops = _random.Between(1, 2); loops > 0; loops--)
        {
            RangeLoop(0, _random.Between(10, 60));
        }

        _code.Emit(Opcode.NewList, 0, 0, Variables);
        _code.Emit(Opcode.Return, 0);
    }

    /// <summary>Loads a value of any kind; ints and lists are more frequent.</summary>
    private void Load(int register)
    {
        switch (_random.Below(9))
        {
            case <= 2:
                _code.EmitWide(Opcode.LoadInt, register, _random.Between(-2, 9));
                break;
            case 3:
                _code.Emit(Opcode.LoadNil, register);
                break;
            case 4:
                _code.Emit(Opcode.LoadBool, register, _random.Below(2));
                break;
            case 5:
                _code.Emit(Opcode.NewList, register, 0, register == 0 ? 0 : _random.Below(register));
                break;
            case 6:
                _code.Emit(Opcode.NewTuple, register, 0, register == 0 ? 0 : _random.Below(register));
                break;
            default:
                _code.EmitWide(Opcode.LoadConst, register, _code.Constant(Constant()));
                break;
        }
    }

    private Value Constant() => _random.Below(8) switch
    {
        0 => Value.FromInt(long.MaxValue),
        1 => Value.FromInt(long.MinValue),
        2 => Value.FromFloat(_random.Pick(0.5, -0.0, double.NaN, 1e300, 3.0)),
        3 => Value.FromText(_random.Pick("", "a", "text")),
        4 => Value.FromBig(BigInteger.Pow(2, 70)),
        5 => Value.FromFloat(_random.Below(5)),
        _ => Value.FromInt(_random.Below(1_000)),
    };

    private int Any() => _random.Below(Variables);

    private void Statements(int depth)
    {
        for (int count = _random.Between(2, depth == 0 ? 9 : 4); count > 0; count--)
        {
            Statement(depth);
        }
    }

    private void Statement(int depth)
    {
        switch (_random.Below(22))
        {
            case <= 5:
                BinaryOperation();
                break;
            case <= 8:
                _code.Emit(_random.PickFrom(Immediate), Any(), Any(), _random.Between(0, 5));
                break;
            case 9 or 10:
                _code.Emit(_random.PickFrom(Unary), Any(), Any());
                break;
            case 11:
                Load(Any());
                break;
            case 12:
                Product();
                break;
            case 13:
                Call();
                break;
            case 14:
                _code.EmitWide(_random.Chance(50) ? Opcode.GetModule : Opcode.SetModule, Any(), 0);
                break;
            case 15 or 16 or 17:
                If(depth);
                break;
            case 18 when depth < MaxDepth:
                RangeLoop(depth, _random.Between(1, 6));
                break;
            case 19 when depth < MaxDepth:
                WhileLoop(depth);
                break;
            case 20 when depth < MaxDepth:
                Try(depth);
                break;
            case 21:
                MakeContainer();
                break;
            default:
                BinaryOperation();
                break;
        }
    }

    private void BinaryOperation() => _code.Emit(_random.PickFrom(Binary), Any(), Any(), Any());

    /// <summary>A product that is bounded.</summary>
    private void Product()
    {
        int target = Any();
        _code.Emit(Opcode.Mul, target, Any(), Any());
        _code.Emit(Opcode.ModInt, target, target, _random.Pick(7, 100, 32_767));
    }

    private void MakeContainer()
    {
        int first = _random.Below(Variables - 4);
        switch (_random.Below(5))
        {
            case 0:
                _code.Emit(Opcode.NewMap, Any(), first, _random.Below(3));
                break;
            case 1:
                _code.Emit(Opcode.Concat, Any(), first, 2);
                _code.Emit(Opcode.GetIndexInt, Any(), Any(), 0);
                break;
            case 2:
                _code.Emit(Opcode.Unpack, first, Any(), 2);
                break;
            default:
                _code.Emit(_random.Chance(50) ? Opcode.NewList : Opcode.NewTuple, Any(), first, _random.Below(4));
                break;
        }
    }

    private void Call()
    {
        int callee = _random.Below(Builtins.Length);
        bool isMethod = _random.Chance(50);
        int arguments = isMethod ? SiteArguments[callee] : BuiltinArguments[callee];
        if (isMethod)
        {
            _code.Emit(Opcode.Move, FirstOfCalls, Any());
        }

        for (int i = 1; i <= arguments; i++)
        {
            _code.Emit(Opcode.Move, FirstOfCalls + i, Any());
        }

        _code.Emit(isMethod ? Opcode.CallMethod : Opcode.CallBuiltin, FirstOfCalls, callee, arguments);
        _code.Emit(Opcode.Move, Any(), FirstOfCalls);
    }

    /// <summary>A branch around some statements, or a choice of two branches.</summary>
    private void If(int depth)
    {
        CodeLabel other = new();
        switch (_random.Below(4))
        {
            case 0:
                _code.Jump(_random.PickFrom(Tests), other, Any());
                break;
            case 1:
                _code.Jump(_random.PickFrom(Comparisons), other, Any(), Any());
                break;
            case 2:
                _code.Jump(_random.PickFrom(IntComparisons), other, _random.Chance(50) ? FirstOfLoops + 2 : Any(), _random.Between(0, 20));
                break;
            default:
                _code.Jump(_random.Chance(50) ? Opcode.JumpEqConst : Opcode.JumpNeConst, other, Any(),
                    _code.Constant(Value.FromInt(_random.Below(9))));
                break;
        }

        Statements(MaxDepth);
        CodeLabel end = new();
        bool hasOther = _random.Chance(50);
        if (hasOther)
        {
            _code.Jump(Opcode.Jump, end);
        }

        _code.Bind(other);
        if (hasOther)
        {
            Statements(depth + 1 > MaxDepth ? MaxDepth : depth + 1);
        }

        _code.Bind(end);
        _code.Emit(Opcode.Nop);
    }

    private void RangeLoop(int depth, int rounds)
    {
        int state = FirstOfLoops + (LoopSize * depth);
        _code.EmitWide(Opcode.LoadInt, state, _random.Between(-1, 1));
        _code.EmitWide(Opcode.LoadInt, state + 1, rounds);
        CodeLabel body = new();
        CodeLabel end = new();
        int loop = _code.Loop(body, _random.Between(1, 9));
        _code.Jump(_random.Chance(80) ? Opcode.ForPrep : Opcode.ForPrepInclusive, end, state);
        _code.Bind(body);
        if (_random.Chance(60))
        {
            _code.Emit(Opcode.Move, Any(), state + 2);
        }

        Guarded(depth + 1);
        _code.Jump(Opcode.ForLoop, body, state, loop);
        _code.Bind(end);
        _code.Emit(Opcode.Nop);
    }

    private void WhileLoop(int depth)
    {
        int counter = FirstOfLoops + (LoopSize * depth);
        _code.EmitWide(Opcode.LoadInt, counter, 0);
        CodeLabel head = new();
        CodeLabel body = new();
        int loop = _code.Loop(head, _random.Between(1, 9));
        _code.Bind(head);
        _code.Emit(Opcode.LoopHead, loop);
        _code.Bind(body);
        _code.Emit(Opcode.AddInt, counter, counter, 1);
        Guarded(depth + 1);
        _code.Jump(Opcode.JumpLtInt, head, counter, _random.Between(2, 12));
        _code.Emit(Opcode.Nop);
    }

    /// <summary>Statements whose errors usually end the iteration but not the loop.</summary>
    private void Guarded(int depth)
    {
        if (_random.Chance(80))
        {
            Try(depth);
            return;
        }

        Statements(depth);
    }

    private void Try(int depth)
    {
        CodeLabel handler = new();
        CodeLabel end = new();
        int start = _code.Count;
        Statements(depth);
        int behind = _code.Count;
        _code.Jump(Opcode.Jump, end);
        _code.Bind(handler);
        _code.Handler(HandlerKind.Catch, start, behind, handler, Caught);
        if (_random.Chance(50))
        {
            Load(Any());
        }

        _code.Bind(end);
        _code.Emit(Opcode.Nop);
    }
}
