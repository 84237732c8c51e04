using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Checks each instruction of one prototype separately, and that every cycle is charged; see <see cref="BytecodeVerifier"/>.
/// </summary>
internal sealed class CodeVerifier(Prototype prototype, CompiledModule module, ModuleProcs procs, FaultList faults)
{
    private readonly Instruction[] _code = prototype.Code;
    private readonly bool _isMain = ReferenceEquals(prototype, module.Main);

    public void Verify()
    {
        for (int pc = 0; pc < _code.Length && !faults.IsFull; pc++)
        {
            VerifyInstruction(pc, _code[pc]);
        }

        if (faults.Sentences.Count > 0)
        {
            return;
        }

        faults.Require(OpcodeInfo.Of(_code[^1].Op).Ends, "control runs off the end of the code");
        VerifyPrologue();
        HandlerTree? tree = HandlerTree.TryBuild(prototype, out int culprit);
        faults.Require(tree is not null, $"handler {culprit} is not properly nested");
        if (faults.Sentences.Count == 0)
        {
            int uncharged = new ChargeCheck(prototype, tree!).FindUncharged();
            faults.Require(uncharged < 0, $"the cycle through instruction {uncharged} charges nothing");
        }
    }

    private void VerifyInstruction(int pc, in Instruction i)
    {
        if (!OpcodeInfo.IsDefined(i.Op))
        {
            faults.Add($"instruction {pc}: {(int)i.Op} is not an opcode");
            return;
        }

        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        string? fault = OperandFault(row.A, i.A, i) ?? OperandFault(row.B, row.B.IsWide() ? i.Wide : i.B, i) ?? OperandFault(row.C, i.C, i)
            ?? FrameFault(i) ?? TargetFault(row, i, pc) ?? MeaningFault(i) ?? PlaceFault(i, pc);
        if (fault is not null)
        {
            faults.AddAt(pc, i, fault);
        }
    }

    private string? FrameFault(in Instruction i) => RegisterUse.HighestEnd(i) > prototype.RegisterCount
        ? $"a register is outside the {prototype.RegisterCount} of the frame"
        : null;

    private string? OperandFault(OperandKind kind, int index, in Instruction i)
    {
        int limit = kind.Domain() switch
        {
            OperandDomain.Nothing => 1,
            OperandDomain.Constants => prototype.Constants.Length,
            OperandDomain.Prototypes => prototype.Children.Length,
            OperandDomain.ModuleVariables => module.Variables.Length,
            OperandDomain.Externals => module.Externals.Length,
            OperandDomain.Builtins => module.Builtins.Length,
            OperandDomain.Sites => prototype.Sites.Length,
            OperandDomain.Loops => prototype.Loops.Length,
            OperandDomain.SlotTypes => prototype.SlotTypes.Length,
            OperandDomain.Descriptors => prototype.CallDescriptors.Length,
            OperandDomain.Captures => prototype.Captures.Length,
            OperandDomain.SwitchTables => prototype.SwitchTables.Length,
            OperandDomain.Structs => prototype.Structs.Length,

            // FrameFault checks registers, and TargetFault jumps.
            OperandDomain.UpperHalf or OperandDomain.Number or OperandDomain.Registers or OperandDomain.Instructions
                or OperandDomain.Blocks => -1,
        };
        return limit < 0 || (uint)index < (uint)limit ? null
            : kind == OperandKind.Unused ? "an unused operand is not 0"
            : $"{InstructionText.Prefix(kind)}{index} does not exist";
    }

    private string? TargetFault(OpcodeInfo row, in Instruction i, int pc)
    {
        int target = row.JumpTarget(i, pc);
        if (target == -1)
        {
            return null;
        }

        if ((uint)target >= (uint)_code.Length)
        {
            return "the jump leads outside the code";
        }

        return row.IsBackEdge && !IsBody(prototype.Loops[i.B].BodyPc, target) ? "the jump does not lead to the body of its loop" : null;
    }

    /// <summary>Whether a back-edge leads to a loop's body, directly or through one jump.</summary>
    private bool IsBody(int body, int target) => target == body
        || (_code[target].Op == Opcode.Jump && OpcodeInfo.Of(Opcode.Jump).JumpTarget(_code[target], target) == body);

    private string? MeaningFault(in Instruction i) => OpcodeInfo.Of(i.Op).Rule switch
    {
        OpRule.None => null,
        OpRule.OfRecorder => "a trap is not allowed in a program",
        OpRule.OfProfile => prototype.Counts is null ? "a profile's instruction is not allowed in a program" : null,
        OpRule.Bool => i.B <= 1 ? null : "a bool is 0 or 1",
        OpRule.Steps => i.Wide > 0 ? null : "it charges nothing",
        OpRule.Number => prototype.Constants[i.C].IsNumber ? null : "the constant is not a number",
        OpRule.NoTuple => prototype.Constants[i.B].Ref is TupleObject ? "the constant is a tuple" : null,
        OpRule.NotEmpty => i.C > 0 ? null : "there is nothing to join",
        OpRule.Import => !_isMain ? "imports are only allowed at the top level" : IsText(i.Wide) ? null : "the constant is not a str",
        OpRule.Text => IsText(i.C) ? null : "the constant is not a str",
        OpRule.Generator => prototype.Kind == ProcKind.Generator ? null : "yield is only allowed in generators",
        OpRule.Async =>
            prototype.Kind is ProcKind.Async or ProcKind.Module ? null : "await is only allowed in async procs and at the top level",
        OpRule.Container => IsContainer(prototype.SlotTypes[i.Wide].Kind) ? null : "the type is not a list, map or set",
        OpRule.Descriptor => DescriptorFault(prototype.CallDescriptors[i.B], i.C),
        OpRule.Proc =>
            procs.ProcOf(i.B) is { } proc && proc.Parameters.Length == i.C
                ? null
                : "the variable does not hold a proc with this number of parameters",
        OpRule.Struct => StructFault(i),
        OpRule.Constructor =>
            prototype.Kind == ProcKind.Constructor ? StructFault(i) : "the instruction is only allowed in constructors",
    };

    private static bool IsContainer(SlotKind kind) => SlotInfo.Of(kind).Default == SlotDefault.EmptyContainer;

    private bool IsText(int constant) => prototype.Constants[constant].Ref is ScriptString;

    private static string? DescriptorFault(CallDescriptor descriptor, int count)
    {
        bool fits = descriptor.HasSpread ? count == descriptor.Names.Length + 1 : count >= descriptor.Names.Length;
        return fits ? null : "the descriptor does not match the number of arguments";
    }

    private string? StructFault(in Instruction i) =>
        procs.StructOf(i.B) is { } info && info.Fields.Length == i.C
            ? null
            : "the variable does not hold a struct with this number of fields";

    private string? PlaceFault(in Instruction i, int pc) => i.Op switch
    {
        Opcode.SetModule when procs.IsFixed(i.Wide) && !(_isMain && pc < procs.PrologueEnd) =>
            "only the prologue may set procs and structs",
        Opcode.LoopHead when prototype.Loops[i.A].BodyPc != pc => "it is the head of another loop",
        _ => null,
    };

    /// <summary>No jump may lead into the prologue, and no handler may guard it.</summary>
    private void VerifyPrologue()
    {
        if (!_isMain)
        {
            return;
        }

        int end = procs.PrologueEnd;
        for (int pc = 0; pc < _code.Length; pc++)
        {
            int target = OpcodeInfo.Of(_code[pc].Op).JumpTarget(_code[pc], pc);
            faults.Require(target < 0 || target >= end, $"instruction {pc} jumps into the prologue");
        }

        foreach (SwitchTable table in prototype.SwitchTables)
        {
            bool isOutside = table.DefaultPc >= end && Array.TrueForAll(table.Cases, entry => entry.Value >= end);
            faults.Require(isOutside, "a switch table jumps into the prologue");
        }

        faults.Require(Array.TrueForAll(prototype.Handlers, handler => handler.Start >= end), "a handler guards the prologue");
    }
}
