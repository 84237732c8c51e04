using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Disassembly;

/// <summary>
/// Prints a module as assembly text: for people (<c>lyra disasm</c>, with each source line above its instructions) and for
/// <c>Assembler</c>, which reads it back to an equal module. A semicolon begins a comment.
/// <code>
/// proc 1 area normal in 0
///   registers 3
///   cost 2
///   parameter w
///   parameter h
///   code
/// ;    1  proc area(w, h) { return w * h }
///     0   1:27   Mul              r2, r0, r1
///     1   1:19   Return           r2
/// </code>
/// </summary>
/// <remarks>
/// Prototypes are numbered in the order of <see cref="CompiledModule.AllPrototypes"/>; <c>in 0</c> names the parent, and the children of
/// one parent are in their order. <c>L7</c> is the instruction at position 7.
/// </remarks>
internal sealed class Disassembler
{
    private readonly CompiledModule _module;
    private readonly StringBuilder _text = new();
    private readonly string[] _lines;

    private Disassembler(CompiledModule module)
    {
        _module = module;
        _lines = module.Source.Lines();
    }

    /// <summary>The text of a module.</summary>
    /// <param name="module">Any module; only the text of a verified one is certain to be readable by <c>Assembler</c>.</param>
    /// <param name="withSource">Whether the source text follows at the end. Without it, the module that is read back has no source.</param>
    public static string Print(CompiledModule module, bool withSource = false)
    {
        Disassembler disassembler = new(module);
        disassembler.PrintModule();
        disassembler.PrintPrototypes(module.Main);
        if (withSource)
        {
            disassembler.PrintSource();
        }

        return disassembler._text.ToString();
    }

    /// <summary>The text of one proc of a module and of the procs in it.</summary>
    public static string PrintProc(CompiledModule module, Prototype proc)
    {
        Disassembler disassembler = new(module);
        disassembler.PrintPrototypes(proc);
        return disassembler._text.ToString().TrimStart('\n');
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');

    private void PrintModule()
    {
        Line($"module {AssemblyText.Quote(_module.Source.FileName)}");
        for (int i = 0; i < _module.Variables.Length; i++)
        {
            ModuleVariable variable = _module.Variables[i];
            Line($"  variable m{i} {Word(variable.Kind)} {AssemblyText.Name(variable.Name)}{(variable.IsPublic ? " pub" : string.Empty)}");
        }

        for (int i = 0; i < _module.Externals.Length; i++)
        {
            ExternalName name = _module.Externals[i];
            string use = (name.IsAssigned ? " assigned" : string.Empty) + (name.IsType ? " type" : string.Empty)
                + (name.TypeVariable < 0 ? string.Empty : $" held m{name.TypeVariable}");
            Line($"  external x{i} {AssemblyText.Name(name.Name)} at {name.Line}:{name.Column} length {name.Length}{use}");
        }

        foreach (AliasInfo alias in _module.Aliases)
        {
            Line($"  alias m{alias.Variable} {TypeText(alias.Type)}");
        }

        foreach (EnumInfo info in _module.Enums)
        {
            Line($"  enum m{info.Variable}");
            foreach (CaseInfo member in info.Cases)
            {
                Line($"    case {AssemblyText.Name(member.Name)}{(member.Variable < 0 ? string.Empty : $" value m{member.Variable}")}");
            }
        }

        for (int i = 0; i < _module.Builtins.Length; i++)
        {
            Line($"  builtin n{i} {AssemblyText.Name(_module.Builtins[i])}");
        }
    }

    /// <summary>Prints a prototype and those in it, with the numbers that they have in the module.</summary>
    private void PrintPrototypes(Prototype root)
    {
        Dictionary<Prototype, int> parents = new(ReferenceEqualityComparer.Instance);
        HashSet<Prototype> shown = new(ReferenceEqualityComparer.Instance) { root };
        int number = 0;
        foreach (Prototype prototype in _module.AllPrototypes())
        {
            foreach (Prototype child in prototype.Children)
            {
                parents[child] = number;
            }

            if (shown.Contains(prototype))
            {
                shown.UnionWith(prototype.Children);
                PrintPrototype(prototype, number, parents.TryGetValue(prototype, out int index) ? $" in {index}" : string.Empty);
            }

            number++;
        }
    }

    private void PrintPrototype(Prototype prototype, int number, string parent)
    {
        Line($"");
        Line($"proc {number} {AssemblyText.Name(prototype.Name)} {Word(prototype.Kind)}{parent}");
        Line($"  registers {prototype.RegisterCount}");
        Line($"  cost {prototype.EntryCost}");
        PrintInterface(prototype);
        PrintTables(prototype);
        PrintStructs(prototype);
        PrintHandlers(prototype);
        PrintCode(prototype);
    }

    private void PrintInterface(Prototype prototype)
    {
        foreach (ParameterInfo parameter in prototype.Parameters)
        {
            string suffix = parameter.HasDefault ? " default" : string.Empty;
            suffix += parameter.IsRest ? " rest" : string.Empty;
            Line($"  parameter {AssemblyText.Name(parameter.Name)}{suffix}");
        }

        for (int i = 0; i < prototype.Captures.Length; i++)
        {
            CaptureInfo capture = prototype.Captures[i];
            Line($"  capture v{i} {AssemblyText.Name(capture.Name)} from {(capture.FromRegister ? 'r' : 'v')}{capture.Index}");
        }
    }

    private void PrintTables(Prototype prototype)
    {
        for (int i = 0; i < prototype.Constants.Length; i++)
        {
            Line($"  constant k{i} {AssemblyText.Literal(prototype.Constants[i])}");
        }

        for (int i = 0; i < prototype.Sites.Length; i++)
        {
            Line($"  site s{i} {AssemblyText.Name(prototype.Sites[i])}");
        }

        for (int i = 0; i < prototype.SlotTypes.Length; i++)
        {
            Line($"  type t{i} {TypeText(prototype.SlotTypes[i])}");
        }

        for (int i = 0; i < prototype.CallDescriptors.Length; i++)
        {
            CallDescriptor descriptor = prototype.CallDescriptors[i];
            string names = string.Join(", ", Array.ConvertAll(descriptor.Names, AssemblyText.Name));
            Line($"  call d{i}{(descriptor.HasSpread ? " spread" : string.Empty)}{(names.Length == 0 ? string.Empty : " names " + names)}");
        }

        for (int i = 0; i < prototype.Loops.Length; i++)
        {
            Line($"  loop l{i} body L{prototype.Loops[i].BodyPc} cost {prototype.Loops[i].Cost}");
        }

        for (int i = 0; i < prototype.SwitchTables.Length; i++)
        {
            Line($"  switch z{i} default L{prototype.SwitchTables[i].DefaultPc}");
            foreach (KeyValuePair<Value, int> entry in prototype.SwitchTables[i].Cases)
            {
                Line($"    case {AssemblyText.Literal(entry.Key)} L{entry.Value}");
            }
        }
    }

    private void PrintStructs(Prototype prototype)
    {
        for (int i = 0; i < prototype.Structs.Length; i++)
        {
            StructInfo info = prototype.Structs[i];
            string owner = info.EnumVariable < 0 ? string.Empty
                : $" enum m{info.EnumVariable}{(info.Ordinal < 0 ? string.Empty : $" case {info.Ordinal}")}";
            Line($"  struct y{i} {AssemblyText.Name(info.Name)} constructor p{info.Constructor}{owner}");
            if (info.HasUsers)
            {
                Line($"    used");
            }

            foreach (int variable in info.Uses)
            {
                Line($"    use m{variable}");
            }

            if (info.Adoptions > 0)
            {
                Line($"    adopts {info.Adoptions}");
            }

            foreach (FieldInfo field in info.Fields)
            {
                string type = field.SlotType < 0 ? string.Empty : $" type t{field.SlotType}";
                string adopted = field.Adoption < 0 ? string.Empty : $" adopted {field.Adoption}";
                Line($"    field {AssemblyText.Name(field.Name)}{type}{(field.HasDefault ? " default" : string.Empty)}{adopted}");
            }

            foreach (MethodInfo method in info.Methods)
            {
                Line($"    method {AssemblyText.Name(method.Name)} p{method.Prototype}{(method.HasSelf ? " self" : string.Empty)}");
            }
        }
    }

    private void PrintHandlers(Prototype prototype)
    {
        foreach (HandlerInfo handler in prototype.Handlers)
        {
            string entry = IsEntered(handler) ? $" at L{handler.HandlerPc}" : string.Empty;
            Line($"  handler {Word(handler.Kind)} from L{handler.Start} to L{handler.End}{entry} register r{handler.Register}");
        }
    }

    /// <summary>Whether to print the handler's entry. Kinds that handle no error normally have none.</summary>
    private static bool IsEntered(HandlerInfo handler) => handler.IsEntered || handler.HandlerPc != 0;

    private void PrintCode(Prototype prototype)
    {
        Line($"  code");
        HashSet<int> targets = JumpTargets(prototype);
        int shownLine = 0;
        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            (int line, int column) = prototype.PositionAt(pc);
            if (line != shownLine && line >= 1 && line <= _lines.Length)
            {
                Line($"; {line,5}  {PrintableLine(_lines[line - 1])}");
                shownLine = line;
            }

            if (targets.Contains(pc))
            {
                Line($"L{pc}:");
            }

            Instruction instruction = prototype.Code[pc];
            if (!OpcodeInfo.IsDefined(instruction.Op))
            {
                Line($"; {pc,5}  not an instruction: {instruction.Raw:x16}");
                continue;
            }

            string comment = Printable(InstructionText.Comment(instruction, prototype, _module));
            string operands = InstructionText.Operands(instruction, pc);
            string position = $"{line}:{column}";
            Line(comment.Length == 0
                ? (FormattableString)$"  {pc,5}  {position,-7} {OpcodeInfo.Of(instruction.Op).Mnemonic,-17} {operands}"
                : $"  {pc,5}  {position,-7} {OpcodeInfo.Of(instruction.Op).Mnemonic,-17} {operands,-20} ; {comment}");
        }
    }

    private static HashSet<int> JumpTargets(Prototype prototype)
    {
        HashSet<int> targets = [];
        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            if (OpcodeInfo.IsDefined(prototype.Code[pc].Op))
            {
                targets.Add(OpcodeInfo.Of(prototype.Code[pc].Op).JumpTarget(prototype.Code[pc], pc));
            }
        }

        foreach (HandlerInfo handler in prototype.Handlers)
        {
            targets.UnionWith([handler.Start, handler.End]);
            if (IsEntered(handler))
            {
                targets.Add(handler.HandlerPc);
            }
        }

        foreach (SwitchTable table in prototype.SwitchTables)
        {
            targets.Add(table.DefaultPc);
            foreach (KeyValuePair<Value, int> entry in table.Cases)
            {
                targets.Add(entry.Value);
            }
        }

        return targets;
    }

    private void PrintSource()
    {
        Line($"");
        Line($"source");
        foreach (string line in _module.Source.Text.Split('\n'))
        {
            _text.Append("| ").Append(line).Append('\n');
        }
    }

    /// <summary>A source line for a comment, truncated if it is very long.</summary>
    private static string PrintableLine(string line)
    {
        const int LongestLine = 160;
        string text = Printable(line);
        return text.Length <= LongestLine ? text : text[..LongestLine] + " …";
    }

    /// <summary>The text with blanks for control characters, so that a comment stays on its line.</summary>
    private static string Printable(string text) => Array.Exists(text.ToCharArray(), char.IsControl)
        ? string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        })
        : text;

    private static string TypeText(SlotType type)
    {
        StringBuilder text = new(Word(type.Kind));
        if (type.Kind == SlotKind.Struct)
        {
            text.Append(CultureInfo.InvariantCulture, $" {AssemblyText.Name(type.StructName ?? string.Empty)} m{type.ModuleSlot}");
            text.Append(type.MemberName is null ? string.Empty : " member " + AssemblyText.Name(type.MemberName));
        }
        else if (type.IsOfLibrary)
        {
            text.Append(' ').Append(AssemblyText.Name(type.StructName ?? string.Empty)).Append(" library");
        }
        else if (type.Kind == SlotKind.Host)
        {
            text.Append(CultureInfo.InvariantCulture, $" {AssemblyText.Name(type.StructName ?? string.Empty)} x{type.ModuleSlot}");
        }

        if (type.Arguments.Length > 0)
        {
            text.Append('(').AppendJoin(", ", Array.ConvertAll(type.Arguments, TypeText)).Append(')');
        }

        text.Append(type.IsNullable ? "?" : string.Empty);
        return text.Append(type.SlotName.Length == 0 ? string.Empty : " for " + AssemblyText.Quote(type.SlotName)).ToString();
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();
}
