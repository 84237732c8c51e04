using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Verification;

/// <summary>Checks the tables of one prototype; see <see cref="BytecodeVerifier"/>.</summary>
internal static class TableVerifier
{
    public static void Verify(Prototype prototype, CompiledModule module, FaultList faults)
    {
        bool fits = prototype.RegisterCount is >= 0 and <= VerifierLimits.MaxRegisters;
        faults.Require(fits, $"{prototype.RegisterCount} registers are out of range");
        faults.Require(prototype.Parameters.Length <= prototype.RegisterCount, "there are more parameters than registers");
        faults.Require(prototype.EntryCost >= 1, "the cost of entry must be at least 1");
        faults.Require(prototype.Code.Length > 0, "there is no code");
        faults.Require(prototype.Positions.Length == prototype.Code.Length, "there must be one source position for each instruction");
        faults.Require(!Array.Exists(prototype.Positions, p => p < 0), "a source position is negative");
        VerifyParameters(prototype, faults);
        VerifyConstants(prototype, faults);
        VerifySlotTypes(prototype, module, faults);
        VerifyLoops(prototype, faults);
        VerifyHandlers(prototype, faults);
        VerifySwitches(prototype, faults);
        VerifyStructs(prototype, module, faults);
        VerifyCaptures(prototype, faults);
    }

    private static void VerifyParameters(Prototype prototype, FaultList faults)
    {
        for (int i = 0; i < prototype.Parameters.Length; i++)
        {
            ParameterInfo parameter = prototype.Parameters[i];
            faults.Require(!parameter.IsRest || i == prototype.Parameters.Length - 1, "only the last parameter can take the rest");
            faults.Require(!parameter.IsRest || !parameter.HasDefault, "a rest parameter has no default");
        }
    }

    private static void VerifyConstants(Prototype prototype, FaultList faults)
    {
        for (int i = 0; i < prototype.Constants.Length; i++)
        {
            faults.Require(IsConstant(prototype.Constants[i], 0), $"constant k{i} is not of a valid kind");
        }
    }

    private static bool IsConstant(in Value value, int depth)
    {
        if (value.Ref is TupleObject tuple)
        {
            if (IsTooDeep(depth))
            {
                return false;
            }

            foreach (ref readonly Value item in tuple.Items)
            {
                if (!IsConstant(item, depth + 1))
                {
                    return false;
                }
            }

            return true;
        }

        return value.Ref switch
        {
            null => value.Bits == 0,
            ScriptString => value.Bits == 0,
            HostObject<decimal> exact => value.Bits == 0 && exact.Owner == OwnedObject.EveryEngine,
            BigInt big => value.Bits == 0 && (big.Value < long.MinValue || big.Value > long.MaxValue),
            _ => value.IsInt || value.IsFloat || (value.IsBool && value.Bits is 0 or 1),
        };
    }

    private static void VerifySlotTypes(Prototype prototype, CompiledModule module, FaultList faults)
    {
        for (int i = 0; i < prototype.SlotTypes.Length; i++)
        {
            faults.Require(IsSlotType(prototype.SlotTypes[i], module, 0), $"slot type t{i} is not well formed");
        }
    }

    /// <summary>Checks that the names of types belong to the variables that hold them.</summary>
    public static void VerifyAliases(CompiledModule module, FaultList faults)
    {
        bool[] isNamed = new bool[module.Variables.Length];
        foreach (AliasInfo alias in module.Aliases)
        {
            bool isFree = (uint)alias.Variable < (uint)isNamed.Length && !isNamed[alias.Variable]
                && module.Variables[alias.Variable].Kind == ModuleVariableKind.Alias;
            faults.Require(isFree, $"m{alias.Variable} is no variable that holds one named type");
            faults.Require(IsSlotType(alias.Type, module, 0), $"the type of module variable m{alias.Variable} is not well formed");
            if (isFree)
            {
                isNamed[alias.Variable] = true;
            }
        }

        for (int i = 0; i < isNamed.Length; i++)
        {
            bool isSet = isNamed[i] || module.Variables[i].Kind != ModuleVariableKind.Alias;
            faults.Require(isSet, $"module variable m{i} has no type");
        }
    }

    /// <summary>
    /// Checks that the enums belong to the variables that hold them and their values without fields, and that the top level declares a
    /// struct for each case with fields, and one for the other cases.
    /// </summary>
    public static void VerifyEnums(CompiledModule module, FaultList faults)
    {
        HashSet<int> taken = [];
        foreach (EnumInfo info in module.Enums)
        {
            bool isFree = IsKind(module, info.Variable, ModuleVariableKind.Enum, ModuleVariableKind.InnerEnum) && taken.Add(info.Variable);
            faults.Require(isFree && info.Cases.Length > 0, $"m{info.Variable} is no variable that holds one enum with cases");
            foreach (CaseInfo member in info.Cases)
            {
                bool isFreeCase = member.Variable == -1
                    || (IsKind(module, member.Variable, ModuleVariableKind.Case) && taken.Add(member.Variable));
                faults.Require(isFreeCase, $"m{member.Variable} is no variable that holds one case of an enum");
            }

            VerifyStructsOf(info, module.Main, faults);
        }

        for (int i = 0; i < module.Variables.Length; i++)
        {
            bool isSet = taken.Contains(i)
                || !IsKind(module, i, ModuleVariableKind.Enum, ModuleVariableKind.InnerEnum, ModuleVariableKind.Case);
            faults.Require(isSet, $"module variable m{i} has no enum");
        }
    }

    /// <summary>Checks that each variable which holds a type of the host holds one alone.</summary>
    public static void VerifyHostTypes(CompiledModule module, FaultList faults)
    {
        HashSet<int> taken = [];
        foreach (ExternalName name in module.Externals)
        {
            bool isFree = name.TypeVariable == -1
                || (IsKind(module, name.TypeVariable, ModuleVariableKind.Import) && taken.Add(name.TypeVariable));
            faults.Require(isFree, $"m{name.TypeVariable} is no variable that holds one type of the host");
        }
    }

    private static bool IsKind(CompiledModule module, int variable, params ReadOnlySpan<ModuleVariableKind> kinds) =>
        (uint)variable < (uint)module.Variables.Length && kinds.Contains(module.Variables[variable].Kind);

    private static void VerifyStructsOf(EnumInfo info, Prototype main, FaultList faults)
    {
        HashSet<int> declared = [];
        foreach (StructInfo type in main.Structs)
        {
            if (type.EnumVariable != info.Variable)
            {
                continue;
            }

            bool fits = type.Ordinal < 0
                ? type is { Ordinal: -1, Fields: [{ SlotType: -1 }, { SlotType: -1 }] }
                : type.Ordinal < info.Cases.Length && info.Cases[type.Ordinal].Variable < 0;
            faults.Require(fits && declared.Add(type.Ordinal), $"a struct of the enum in m{info.Variable} has no case of its own");
        }

        for (int i = 0; i < info.Cases.Length; i++)
        {
            bool isDeclared = declared.Contains(info.Cases[i].Variable < 0 ? i : -1);
            faults.Require(isDeclared, $"case {i} of the enum in m{info.Variable} has no struct");
        }
    }

    private static bool IsSlotType(SlotType type, CompiledModule module, int depth)
    {
        if (!Enum.IsDefined(type.Kind) || type.Kind == SlotKind.Frozen)
        {
            return false;
        }

        SlotInfo row = SlotInfo.Of(type.Kind);
        bool hasArguments = type.Arguments.Length == 0 || row.Arguments < 0 || type.Arguments.Length == row.Arguments;
        bool namesStruct = row.Has(KindTraits.Named)
            ? type.StructName is not null && (type.Kind == SlotKind.Struct
                ? (uint)type.ModuleSlot < (uint)module.Variables.Length
                : type.IsOfLibrary ? type.MemberName == type.StructName && type.ModuleSlot == -1
                : (uint)type.ModuleSlot < (uint)module.Externals.Length && type.MemberName is null)
            : type.StructName is null && type.MemberName is null && type.ModuleSlot == -1;
        return !IsTooDeep(depth) && hasArguments && namesStruct
            && Array.TrueForAll(type.Arguments, argument => IsSlotType(argument, module, depth + 1));
    }

    private static bool IsTooDeep(int depth) => depth >= VerifierLimits.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack();

    private static void VerifyLoops(Prototype prototype, FaultList faults)
    {
        for (int i = 0; i < prototype.Loops.Length; i++)
        {
            faults.Require(prototype.Loops[i].Cost >= 1, $"the cost of loop l{i} must be at least 1");
            faults.Require((uint)prototype.Loops[i].BodyPc < (uint)prototype.Code.Length, $"the body of loop l{i} is outside the code");
        }
    }

    private static void VerifyHandlers(Prototype prototype, FaultList faults)
    {
        for (int i = 0; i < prototype.Handlers.Length; i++)
        {
            HandlerInfo handler = prototype.Handlers[i];
            if (!Enum.IsDefined(handler.Kind))
            {
                faults.Add($"handler {i} is of an unknown kind");
                continue;
            }

            faults.Require(
                handler.Start >= 0 && handler.Start < handler.End && handler.End <= prototype.Code.Length,
                $"the range of handler {i} is not inside the code");
            faults.Require(
                handler.IsEntered
                    ? handler.HandlerPc >= handler.End && handler.HandlerPc < prototype.Code.Length
                    : (uint)handler.HandlerPc <= (uint)prototype.Code.Length,
                $"handler {i} is not entered after its range");
            faults.Require(
                handler.Register >= 0 && handler.Register <= prototype.RegisterCount - handler.Registers,
                $"a register of handler {i} is outside the frame");
        }
    }

    private static void VerifySwitches(Prototype prototype, FaultList faults)
    {
        for (int i = 0; i < prototype.SwitchTables.Length; i++)
        {
            HashSet<object> keys = [];
            bool isValid = (uint)prototype.SwitchTables[i].DefaultPc < (uint)prototype.Code.Length;
            foreach (KeyValuePair<Value, int> entry in prototype.SwitchTables[i].Cases)
            {
                isValid &= SwitchKeys.IsCanonical(entry.Key) && IsConstant(entry.Key, 0) && keys.Add(SwitchKeys.Of(entry.Key)!)
                    && (uint)entry.Value < (uint)prototype.Code.Length;
            }

            faults.Require(
                isValid, $"switch table z{i} has a key that is repeated or not an int, fraction or str, or a target outside the code");
        }
    }

    private static void VerifyStructs(Prototype prototype, CompiledModule module, FaultList faults)
    {
        for (int i = 0; i < prototype.Structs.Length; i++)
        {
            StructInfo info = prototype.Structs[i];
            bool isOfEnum = info.EnumVariable >= 0 && prototype == module.Main
                && Array.Exists(module.Enums, declared => declared.Variable == info.EnumVariable);
            faults.Require(info is { EnumVariable: -1, Ordinal: -1 } || isOfEnum, $"struct y{i} belongs to no enum");
            bool usesStructs = info.Uses.Length == 0 || prototype == module.Main;
            faults.Require(usesStructs, $"struct y{i} uses others, but is not one of the top level");
            faults.Require(
                info.Adoptions == 0 || (info.Adoptions > 0 && info.EnumVariable < 0 && prototype == module.Main),
                $"struct y{i} can't take over members of structs of other modules");
            Prototype? constructor = (uint)info.Constructor < (uint)prototype.Children.Length ? prototype.Children[info.Constructor] : null;
            faults.Require(
                constructor is { Kind: ProcKind.Constructor, HasRest: false, Captures.Length: 0 }
                    && constructor.Parameters.Length == info.Fields.Length,
                $"struct y{i} has no matching constructor");
            foreach (FieldInfo field in info.Fields)
            {
                faults.Require(
                    field.SlotType == -1 || (uint)field.SlotType < (uint)prototype.SlotTypes.Length,
                    $"a field of struct y{i} has an unknown slot type");
                faults.Require(
                    field.Adoption >= -1 && field.Adoption < info.Adoptions && (field.Adoption < 0 || field.SlotType < 0),
                    $"a field of struct y{i} belongs to no adoption, or has a type of its own");
            }

            foreach (MethodInfo method in info.Methods)
            {
                faults.Require(
                    (uint)method.Prototype < (uint)prototype.Children.Length && prototype.Children[method.Prototype].Captures.Length == 0,
                    $"a method of struct y{i} is not a child, or has captures");
            }
        }
    }

    private static void VerifyCaptures(Prototype prototype, FaultList faults)
    {
        for (int child = 0; child < prototype.Children.Length; child++)
        {
            foreach (CaptureInfo capture in prototype.Children[child].Captures)
            {
                int limit = capture.FromRegister ? prototype.RegisterCount : prototype.Captures.Length;
                faults.Require((uint)capture.Index < (uint)limit, $"child p{child} captures a register or capture that does not exist");
            }
        }
    }
}
