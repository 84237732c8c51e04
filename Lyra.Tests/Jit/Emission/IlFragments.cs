using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Lyra.Jit.Regions;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

/// <summary>IL that the check must reject, one fragment for each rule, and IL that it must accept.</summary>
internal static class IlFragments
{
    private static readonly IlArgument Data = new(0);
    private static readonly IlArgument Int = new(1);
    private static readonly IlArgument Long = new(2);
    private static readonly IlArgument Float = new(3);
    private static readonly IlArgument Text = new(4);
    private static readonly IlArgument Longs = new(5);
    private static readonly IlArgument Texts = new(6);
    private static readonly IlArgument Struct = new(7);
    /// <summary>The parameters of the method around each fragment, after the region's data; it has no result.</summary>
    public static readonly Type[] Parameters =
    [
        typeof(int), typeof(long), typeof(double), typeof(string), typeof(long[]), typeof(string[]), typeof(Value),
    ];
    private static readonly FieldInfo Bits = typeof(Value).GetField(nameof(Value.Bits))!;
    private static readonly FieldInfo Constants = typeof(RegionData).GetField(nameof(RegionData.Constants))!;
    private static readonly FieldInfo Empty = typeof(string).GetField(nameof(string.Empty))!;
    private static readonly MethodInfo Length = typeof(string).GetProperty(nameof(string.Length))!.GetMethod!;

    /// <summary>Fragments with one fault each, with the end of the fault's text.</summary>
    public static IEnumerable<(string Name, string Expected, Action<IlBuffer> Emit)> Faulty() =>
        [.. FaultyFlow(), .. FaultyNumbers(), .. FaultyMemory(), .. FaultyObjects()];

    /// <summary>Valid fragments; each leaves one value on the stack.</summary>
    public static IEnumerable<(string Name, Action<IlBuffer> Emit)> Valid()
    {
        yield return Fragment("small ints are int32", il => Push(il, OpCodes.Add, Int, Int));
        yield return Fragment("native int with int32", il =>
        {
            il.Emit(OpCodes.Ldarg, Longs);
            il.Emit(OpCodes.Ldlen);
            il.Emit(OpCodes.Ldarg, Int);
            il.Emit(OpCodes.Add);
        });
        yield return Fragment("null compares with an object", il =>
        {
            il.Emit(OpCodes.Ldarg, Text);
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Cgt_Un);
        });
        yield return Fragment("field of a struct on the stack", il =>
        {
            il.Emit(OpCodes.Ldarg, Struct);
            il.Emit(OpCodes.Ldfld, Bits);
        });
        yield return Fragment("string into object", il =>
        {
            Store(il, typeof(object), Text, ends: false);
            il.Emit(OpCodes.Ldarg, Int);
        });
        yield return Fragment("array of references as a base class", il => Push(il, OpCodes.Ldelem_Ref, Texts, Int));
        yield return Fragment("new struct", il =>
        {
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Ldarg, Long);
            il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
        });
        yield return Fragment(
            "null merges with a class",
            il => Merge(il, il => il.Emit(OpCodes.Ldnull), il => il.Emit(OpCodes.Ldarg, Text)));
        yield return Fragment("static field", il => il.Emit(OpCodes.Ldsfld, Empty));
        yield return Fragment("method of a struct", il =>
        {
            il.Emit(OpCodes.Ldarga, Long);
            il.Emit(OpCodes.Call, typeof(long).GetMethod(nameof(ToString), [])!);
        });
        yield return Fragment("initobj writes", il =>
        {
            IlLocal local = il.DeclareLocal(typeof(Value));
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Initobj, typeof(Value));
            il.Emit(OpCodes.Ldloc, local);
        });
    }

    private static IEnumerable<(string Name, string Expected, Action<IlBuffer> Emit)> FaultyFlow()
    {
        yield return Case("underflow", "0000 pop: expected a value on the stack, found an empty stack", il => End(il, OpCodes.Pop));
        yield return Case("rest at ret", "ret: expected an empty stack below the result, found (int32)", il => Load(il, OpCodes.Nop, Int));
        yield return Case(
            "no ret", "nop: expected ret, throw or a branch at the end of the method, found a last instruction that falls through",
            il => il.Emit(OpCodes.Nop));
        yield return Case("unplaced label", "br: expected a place for label L0, found none", il => il.Emit(OpCodes.Br, il.DefineLabel()));
        yield return Case("label at end", "br: expected an instruction after label L0, found the end of the method", BranchToTheEnd);
        yield return Case("unplaced case", "switch: expected a place for label L0, found none", il =>
        {
            il.Emit(OpCodes.Ldarg, Int);
            il.Emit(OpCodes.Switch, [il.DefineLabel()]);
            il.Emit(OpCodes.Ret);
        });
        yield return Case("unreachable", "0001 nop: expected a path to the instruction, found none", il =>
        {
            il.Emit(OpCodes.Ret);
            End(il, OpCodes.Nop);
        });
        yield return Case(
            "depths differ", "expected the stack of another path to here, an empty stack, found (int32)",
            il => MergeWith(il, il => il.Emit(OpCodes.Ldarg, Int), null));
        yield return Case(
            "types differ", "expected the stack of another path to here, (int64), found (int32)",
            il => MergeWith(il, il => il.Emit(OpCodes.Ldarg, Int), il => il.Emit(OpCodes.Ldarg, Long)));
        yield return Case(
            "structs differ", "(value Value), found (string)",
            il => MergeWith(il, il => il.Emit(OpCodes.Ldarg, Text), il => il.Emit(OpCodes.Ldarg, Struct)));
        yield return Case(
            "base too wide", "callvirt: expected string, found object",
            il => MergeWith(il, il => il.Emit(OpCodes.Ldarg, Text), il => il.Emit(OpCodes.Ldarg, Data), OpCodes.Callvirt, Length));
        yield return Case(
            "grows in a loop", "expected the stack of another path to here, an empty stack, found (int32)",
            GrowInALoop);
        yield return Case("backward only", "expected an empty stack where only backward branches arrive, found (int32)", ReachBackwardOnly);
        yield return Case("unwritten", "ldloc: expected a local that is written on every path to here, found local 0", il =>
        {
            il.Emit(OpCodes.Ldloc, il.DeclareLocal(typeof(long)));
            End(il, OpCodes.Pop);
        });
        yield return Case(
            "written on one path", "ldloc: expected a local that is written on every path to here, found local 0",
            WriteOnOnePath);
        yield return Case("brtrue", "brtrue: expected an integer or a reference, found float", il => BranchBack(il, OpCodes.Brtrue, Float));
        yield return Case(
            "brfalse", "brfalse: expected an integer or a reference, found value Value",
            il => BranchBack(il, OpCodes.Brfalse, Struct));
        yield return Case("switch", "switch: expected int, found int64", il =>
        {
            il.Emit(OpCodes.Ldarg, Long);
            il.Emit(OpCodes.Switch, []);
            il.Emit(OpCodes.Ret);
        });
        yield return Case("throw", "throw: expected an object, found int32", il => Load(il, OpCodes.Throw, Int, ends: false));
        yield return Case(
            "unknown", "arglist: expected an instruction that the check knows, found arglist",
            il => End(il, OpCodes.Arglist));
    }

    private static IEnumerable<(string Name, string Expected, Action<IlBuffer> Emit)> FaultyNumbers()
    {
        yield return Case("add", "add: expected int64, found int32", il => Load(il, OpCodes.Add, Long, Int));
        yield return Case("mul", "mul: expected int64, found float", il => Load(il, OpCodes.Mul, Long, Float));
        yield return Case("add object", "add: expected a number, found string", il => Load(il, OpCodes.Add, Int, Text));
        yield return Case("add.ovf", "add.ovf: expected an integer, found float", il => Load(il, OpCodes.Add_Ovf, Float, Float));
        yield return Case("and", "and: expected an integer, found float", il => Load(il, OpCodes.And, Long, Float));
        yield return Case("shl", "shl: expected int32 as the distance, found int64", il => Load(il, OpCodes.Shl, Long, Long));
        yield return Case("shr", "shr: expected an integer, found float", il => Load(il, OpCodes.Shr, Float, Int));
        yield return Case("neg", "neg: expected a number, found string", il => Load(il, OpCodes.Neg, Text));
        yield return Case("not", "not: expected an integer, found float", il => Load(il, OpCodes.Not, Float));
        yield return Case("conv", "conv.r8: expected a number, found string", il => Load(il, OpCodes.Conv_R8, Text));
        yield return Case("ceq", "ceq: expected int64, found int32", il => Load(il, OpCodes.Ceq, Long, Int));
        yield return Case("ceq of object", "ceq: expected string, found int64", il => Load(il, OpCodes.Ceq, Text, Long));
        yield return Case(
            "ceq of structs", "ceq: expected a number or a reference, found value Value",
            il => Load(il, OpCodes.Ceq, Struct, Struct));
        yield return Case("clt", "clt: expected two numbers, found string and string", il => Load(il, OpCodes.Clt, Text, Text));
        yield return Case("blt", "blt: expected int64, found int64 and int32", il => BranchBack(il, OpCodes.Blt, Long, Int));
        yield return Case(
            "bge.un", "bge.un: expected two numbers, found string and int32",
            il => BranchBack(il, OpCodes.Bge_Un, Text, Int));
        yield return Case("beq", "beq: expected float, found int64", il => BranchBack(il, OpCodes.Beq, Float, Long));
        yield return Case("bne.un", "bne.un: expected int32, found string", il => BranchBack(il, OpCodes.Bne_Un, Int, Text));
    }

    private static IEnumerable<(string Name, string Expected, Action<IlBuffer> Emit)> FaultyMemory()
    {
        yield return Case("stloc", "stloc: expected long, found int32", il => Store(il, typeof(long), Int));
        yield return Case("stloc object", "stloc: expected ScriptString, found string", il => Store(il, typeof(ScriptString), Text));
        yield return Case("starg", "starg: expected int, found int64", il =>
        {
            il.Emit(OpCodes.Ldarg, Long);
            il.Emit(OpCodes.Starg, Int);
            il.Emit(OpCodes.Ret);
        });
        yield return Case("ldfld", "ldfld: expected RegionData, found string", il => Field(il, OpCodes.Ldfld, Constants, Text));
        yield return Case("ldfld of struct", "ldfld: expected ref Value, found int64", il => Field(il, OpCodes.Ldfld, Bits, Long));
        yield return Case(
            "ldfld static", "ldfld: expected an instance field, found the static field string.Empty",
            il => Field(il, OpCodes.Ldfld, Empty, Text));
        yield return Case("ldflda of copy", "ldflda: expected ref Value, found value Value", il => Field(il, OpCodes.Ldflda, Bits, Struct));
        yield return Case("stfld", "stfld: expected long, found int32", il => Field(il, OpCodes.Stfld, Bits, Struct, Int));
        yield return Case(
            "stfld of copy", "stfld: expected ref Value, found value Value",
            il => Field(il, OpCodes.Stfld, Bits, Struct, Long));
        yield return Case(
            "stfld readonly", "stsfld: expected a field that can be written, found the readonly field string.Empty",
            il => Field(il, OpCodes.Stsfld, Empty, Text));
        yield return Case(
            "ldsfld", "ldsfld: expected a static field, found the instance field Value.Bits",
            il => Field(il, OpCodes.Ldsfld, Bits));
        yield return Case(
            "ldsfld const", "ldsfld: expected a static field, found the constant long.MaxValue",
            il => Field(il, OpCodes.Ldsfld, typeof(long).GetField("MaxValue")!));
        yield return Case(
            "ldelem index", "ldelem.i8: expected int32 or native int as the index, found int64",
            il => Load(il, OpCodes.Ldelem_I8, Longs, Long));
        yield return Case("ldelem array", "ldelem.i8: expected an array, found string", il => Load(il, OpCodes.Ldelem_I8, Text, Int));
        yield return Case("ldelem kind", "ldelem.i4: expected int[], found long[]", il => Load(il, OpCodes.Ldelem_I4, Longs, Int));
        yield return Case(
            "ldelem.ref", "ldelem.ref: expected an array of references, found long[]",
            il => Load(il, OpCodes.Ldelem_Ref, Longs, Int));
        yield return Case(
            "ldelem type", "ldelem: expected Value[], found long[]",
            il => Typed(il, OpCodes.Ldelem, typeof(Value), Longs, Int));
        yield return Case("stelem", "stelem.i8: expected long, found int32", il => Load(il, OpCodes.Stelem_I8, Longs, Int, Int));
        yield return Case(
            "stelem kind", "stelem.r8: expected double[], found long[]",
            il => Load(il, OpCodes.Stelem_R8, Longs, Int, Float));
        yield return Case(
            "stelem.ref", "stelem.ref: expected string, found RegionData",
            il => Load(il, OpCodes.Stelem_Ref, Texts, Int, Data));
        yield return Case(
            "ldelema", "ldelema: expected object[], found string[]",
            il => Typed(il, OpCodes.Ldelema, typeof(object), Texts, Int));
        yield return Case("ldlen", "ldlen: expected an array, found string", il => Load(il, OpCodes.Ldlen, Text));
        yield return Case(
            "newarr", "newarr: expected int32 or native int as the index, found int64",
            il => Typed(il, OpCodes.Newarr, typeof(long), Long));
        yield return Case(
            "ldobj", "ldobj: expected ref Value, found ref long",
            il => Address(il, Long, il => il.Emit(OpCodes.Ldobj, typeof(Value))));
        yield return Case(
            "stobj", "stobj: expected Value, found int64",
            il => Address(il, Struct, il => Typed(il, OpCodes.Stobj, typeof(Value), Long)));
        yield return Case(
            "initobj", "initobj: expected ref Value, found value Value",
            il => Typed(il, OpCodes.Initobj, typeof(Value), Struct));
        yield return Case("ldind", "ldind.i4: expected ref int, found ref long", il => Address(il, Long, il => il.Emit(OpCodes.Ldind_I4)));
        yield return Case("stind", "stind.i8: expected long, found int32", il => Address(il, Long, il => Load(il, OpCodes.Stind_I8, Int)));
        yield return Case(
            "ldind.ref", "ldind.ref: expected a managed pointer to a reference, found ref long",
            il => Address(il, Long, il => il.Emit(OpCodes.Ldind_Ref)));
        yield return Case(
            "stind.ref", "stind.ref: expected string, found long[]",
            il => Address(il, Text, il => Load(il, OpCodes.Stind_Ref, Longs)));
    }

    private static IEnumerable<(string Name, string Expected, Action<IlBuffer> Emit)> FaultyObjects()
    {
        MethodInfo root = typeof(Math).GetMethod(nameof(Math.Sqrt))!;
        ConstructorInfo make = typeof(Value).GetConstructor([typeof(object), typeof(long)])!;
        yield return Case("call argument", "call: expected double, found int64", il => Method(il, OpCodes.Call, root, Long));
        yield return Case(
            "call too few", "call: expected a value on the stack, found an empty stack",
            il => Method(il, OpCodes.Call, root));
        yield return Case("receiver", "callvirt: expected string, found long[]", il => Method(il, OpCodes.Callvirt, Length, Longs));
        yield return Case(
            "receiver of struct", "call: expected ref long, found int64",
            il => Method(il, OpCodes.Call, typeof(long).GetMethod(nameof(ToString), [])!, Long));
        yield return Case(
            "callvirt static", "callvirt: expected an instance method of a class or interface, found Math.Sqrt(double)",
            il => Method(il, OpCodes.Callvirt, root, Float));
        yield return Case(
            "call abstract", "call: expected a method with a body, found the abstract method IDisposable.Dispose()",
            il => Method(il, OpCodes.Call, typeof(IDisposable).GetMethod("Dispose")!, Text));
        yield return Case(
            "open method", "call: expected a method without open type parameters, found Array.Empty()",
            il => Method(il, OpCodes.Call, typeof(Array).GetMethod(nameof(Array.Empty))!));
        yield return Case("self", "call: expected Value, found string", il =>
        {
            il.Emit(OpCodes.Ldarg, Text);
            il.EmitSelfCall();
        });
        yield return Case("newobj", "newobj: expected long, found int32", il => New(il, OpCodes.Newobj, make, Text, Int));
        yield return Case(
            "newobj abstract", "newobj: expected a class that has instances, found ScriptObject",
            il => New(il, OpCodes.Newobj, typeof(ScriptObject).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0]));
        yield return Case(
            "constructor of class", "call: expected the constructor of a value type, found RegionData()",
            il => New(il, OpCodes.Call, typeof(RegionData).GetConstructor([])!, Data));
        yield return Case(
            "constructor of copy", "call: expected ref Value, found value Value",
            il => New(il, OpCodes.Call, make, Struct, Text, Long));
        yield return Case(
            "castclass", "castclass: expected an object, found int64",
            il => Typed(il, OpCodes.Castclass, typeof(string), Long));
        yield return Case(
            "castclass of struct", "castclass: expected a class, found long",
            il => Typed(il, OpCodes.Castclass, typeof(long), Text));
        yield return Case(
            "isinst", "isinst: expected an object, found value Value",
            il => Typed(il, OpCodes.Isinst, typeof(string), Struct));
        yield return Case("box", "box: expected long, found int32", il => Typed(il, OpCodes.Box, typeof(long), Int));
        yield return Case("box of class", "box: expected a value type, found string", il => Typed(il, OpCodes.Box, typeof(string), Text));
        yield return Case(
            "unbox.any", "unbox.any: expected an object, found int64",
            il => Typed(il, OpCodes.Unbox_Any, typeof(long), Long));
    }

    private static (string Name, string Expected, Action<IlBuffer> Emit) Case(string name, string expected, Action<IlBuffer> emit) =>
        (name, expected, emit);

    private static (string Name, Action<IlBuffer> Emit) Fragment(string name, Action<IlBuffer> emit) => (name, emit);

    private static void End(IlBuffer il, OpCode opCode)
    {
        il.Emit(opCode);
        il.Emit(OpCodes.Ret);
    }

    private static void Push(IlBuffer il, OpCode opCode, params IlArgument[] arguments)
    {
        LoadAll(il, arguments);
        il.Emit(opCode);
    }

    private static void LoadAll(IlBuffer il, params IlArgument[] arguments)
    {
        foreach (IlArgument argument in arguments)
        {
            il.Emit(OpCodes.Ldarg, argument);
        }
    }

    private static void Load(IlBuffer il, OpCode opCode, params IlArgument[] arguments)
    {
        Push(il, opCode, arguments);
        il.Emit(OpCodes.Ret);
    }

    private static void Load(IlBuffer il, OpCode opCode, IlArgument argument, bool ends)
    {
        Push(il, opCode, argument);
        if (ends)
        {
            il.Emit(OpCodes.Ret);
        }
    }

    private static void Typed(IlBuffer il, OpCode opCode, Type type, params IlArgument[] arguments)
    {
        LoadAll(il, arguments);
        il.Emit(opCode, type);
        il.Emit(OpCodes.Ret);
    }

    private static void Field(IlBuffer il, OpCode opCode, FieldInfo field, params IlArgument[] arguments)
    {
        LoadAll(il, arguments);
        il.Emit(opCode, field);
        il.Emit(OpCodes.Ret);
    }

    private static void Method(IlBuffer il, OpCode opCode, MethodInfo method, params IlArgument[] arguments)
    {
        LoadAll(il, arguments);
        il.Emit(opCode, method);
        il.Emit(OpCodes.Ret);
    }

    private static void New(IlBuffer il, OpCode opCode, ConstructorInfo constructor, params IlArgument[] arguments)
    {
        LoadAll(il, arguments);
        il.Emit(opCode, constructor);
        il.Emit(OpCodes.Ret);
    }

    private static void Address(IlBuffer il, IlArgument argument, Action<IlBuffer> use)
    {
        il.Emit(OpCodes.Ldarga, argument);
        use(il);
        il.Emit(OpCodes.Ret);
    }

    private static void Store(IlBuffer il, Type local, IlArgument argument, bool ends = true)
    {
        il.Emit(OpCodes.Ldarg, argument);
        il.Emit(OpCodes.Stloc, il.DeclareLocal(local));
        if (ends)
        {
            il.Emit(OpCodes.Ret);
        }
    }

    private static void BranchBack(IlBuffer il, OpCode opCode, params IlArgument[] arguments)
    {
        IlLabel start = il.DefineLabel();
        il.MarkLabel(start);
        LoadAll(il, arguments);
        il.Emit(opCode, start);
        il.Emit(OpCodes.Ret);
    }

    private static void BranchToTheEnd(IlBuffer il)
    {
        IlLabel end = il.DefineLabel();
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(end);
    }

    /// <summary>
    /// Two paths that join: <paramref name="through"/> emits the one that falls through, <paramref name="jumps"/> the one that comes first.
    /// </summary>
    private static void Merge(IlBuffer il, Action<IlBuffer> through, Action<IlBuffer>? jumps)
    {
        IlLabel other = il.DefineLabel();
        IlLabel join = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, Int);
        il.Emit(OpCodes.Brtrue, other);
        jumps?.Invoke(il);
        il.Emit(OpCodes.Br, join);
        il.MarkLabel(other);
        through(il);
        il.MarkLabel(join);
    }

    private static void MergeWith(IlBuffer il, Action<IlBuffer> through, Action<IlBuffer>? jumps)
    {
        Merge(il, through, jumps);
        il.Emit(OpCodes.Nop);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
    }

    private static void MergeWith(IlBuffer il, Action<IlBuffer> through, Action<IlBuffer> jumps, OpCode opCode, MethodInfo method)
    {
        Merge(il, through, jumps);
        il.Emit(opCode, method);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
    }

    private static void GrowInALoop(IlBuffer il)
    {
        IlLabel head = il.DefineLabel();
        il.MarkLabel(head);
        il.Emit(OpCodes.Ldarg, Int);
        il.Emit(OpCodes.Br, head);
    }

    private static void ReachBackwardOnly(IlBuffer il)
    {
        IlLabel start = il.DefineLabel();
        IlLabel back = il.DefineLabel();
        il.Emit(OpCodes.Br, start);
        il.MarkLabel(back);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(start);
        il.Emit(OpCodes.Ldarg, Int);
        il.Emit(OpCodes.Br, back);
    }

    private static void WriteOnOnePath(IlBuffer il)
    {
        IlLabel skip = il.DefineLabel();
        IlLocal local = il.DeclareLocal(typeof(int));
        il.Emit(OpCodes.Ldarg, Int);
        il.Emit(OpCodes.Brtrue, skip);
        il.Emit(OpCodes.Ldarg, Int);
        il.Emit(OpCodes.Stloc, local);
        il.MarkLabel(skip);
        il.Emit(OpCodes.Ldloc, local);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
    }
}
