// SMART style: the colours of the sign-in pages, for apps that want to look like the place they were started from.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling

export const smartStyle = {
  color_background: '#ffffff',
  color_error: '#a3161f',
  color_highlight: '#0b5f73',
  color_modal_backdrop: '#14262d66',
  color_success: '#14633a',
  color_text: '#14262d',
  dim_border_radius: '14px',
  dim_font_size: '16px',
  dim_spacing_size: '16px',
  font_family_body: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  font_family_heading: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
};
