using System;
using System.Text;
using Mono.Cecil;

namespace Lyra.IlVerify.Reports;

/// <summary>One error at one instruction, or of a whole method or type.</summary>
/// <param name="Error">The error.</param>
/// <param name="Member">The method that contains it; the type if its methods cannot be read.</param>
/// <param name="Offset">The byte offset of the instruction.</param>
/// <param name="OpCode">The instruction's opcode; null if no instruction can be named.</param>
/// <param name="Found">The actual type; null if the error is not about a type.</param>
/// <param name="Expected">The expected type; null if several types would be valid.</param>
internal sealed record Message(VerifierError Error, IMemberDefinition Member, int Offset, string? OpCode, string? Found, string? Expected)
{
    /// <summary>The message for a method whose code, or a type whose methods, cannot be read.</summary>
    public static Message Unreadable(IMemberDefinition member) => new(VerifierError.BadMetadata, member, 0, null, null, null);

    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("[IL]: Error [").Append(Error).Append("]: [").Append(((MemberReference)Member).Module.Name).Append(" : ");
        AppendMember(text);
        text.Append(']');
        if (OpCode is not null)
        {
            text.Append("[offset 0x").Append(Offset.ToString("X8", null)).Append("][opcode ").Append(OpCode).Append(']');
        }

        AppendPart(text, "found", Found);
        AppendPart(text, "expected", Expected);
        return text.Append(' ').Append(ErrorTexts.Of(Error)).ToString();
    }

    private void AppendMember(StringBuilder text)
    {
        if (Member is not MethodDefinition method)
        {
            text.Append(NameOf((MemberReference)Member));
            return;
        }

        text.Append(NameOf(method.DeclaringType)).Append("::").Append(method.Name).Append('(');
        for (int i = 0; i < method.Parameters.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(NameOf(method.Parameters[i].ParameterType));
        }

        text.Append(')');
    }

    /// <summary>The full name. A damaged type may have no name.</summary>
    private static string NameOf(MemberReference member)
    {
        try
        {
            return member.FullName;
        }
        catch (Exception e) when (Damage.IsCauseOf(e))
        {
            return "(unreadable)";
        }
    }

    private static void AppendPart(StringBuilder text, string name, string? type)
    {
        if (type is not null)
        {
            text.Append('[').Append(name).Append(' ').Append(type).Append(']');
        }
    }
}
