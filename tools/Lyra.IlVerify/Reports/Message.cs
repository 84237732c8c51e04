using System.Text;
using Mono.Cecil;

namespace Lyra.IlVerify.Reports;

/// <summary>One thing that is wrong, at one instruction.</summary>
/// <param name="Error">What.</param>
/// <param name="Method">In which method.</param>
/// <param name="Offset">At which byte of its code.</param>
/// <param name="OpCode">The instruction there.</param>
/// <param name="Found">The type that is there; null when no type is at fault.</param>
/// <param name="Expected">The type that should be there; null when no one type should.</param>
internal sealed record Message(VerifierError Error, MethodDefinition Method, int Offset, string OpCode, string? Found, string? Expected)
{
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("[IL]: Error [").Append(Error).Append("]: [").Append(Method.Module.Name).Append(" : ");
        text.Append(Method.DeclaringType.FullName).Append("::").Append(Method.Name).Append('(');
        for (int i = 0; i < Method.Parameters.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(Method.Parameters[i].ParameterType.FullName);
        }

        text.Append(")][offset 0x").Append(Offset.ToString("X8", null)).Append("][opcode ").Append(OpCode).Append(']');
        AppendPart(text, "found", Found);
        AppendPart(text, "expected", Expected);
        return text.Append(' ').Append(ErrorTexts.Of(Error)).ToString();
    }

    private static void AppendPart(StringBuilder text, string name, string? type)
    {
        if (type is not null)
        {
            text.Append('[').Append(name).Append(' ').Append(type).Append(']');
        }
    }
}
