using System;
using Lyra.Interpreter.Syntax;

namespace Lyra.Interpreter.Hosting;

/// <summary>Checks the names that the host gives to globals.</summary>
internal static class Identifier
{
    /// <exception cref="ArgumentException">The text is not an identifier of the language.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Lexer.IsName(name))
        {
            throw new ArgumentException(
                $"'{name}' can't be the name of a global: a name is a letter or _, then letters, digits and _, and is not a keyword.",
                nameof(name));
        }
    }
}
