using System.Text;
using Mono.Cecil;

namespace Lyra.IlVerify.Reports;

/// <summary>One error at one instruction.</summary>
/// <param name="Error">The error.</param>
/// <param name="Method">The method that contains it.</param>
/// <param name="Offset">The byte offset of the instruction.</param>
/// <param name="OpCode">The instruction's opcode.</param>
/// <param name="Found">The actual type; null if the error is not about a type.</param>
/// <param name="Expected">The expected type; null if several types would be valid.</param>
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
