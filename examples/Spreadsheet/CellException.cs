using System;

namespace Spreadsheet;

/// <summary>A formula refers to a cell without a value.</summary>
internal sealed class CellException(string message) : Exception(message);
